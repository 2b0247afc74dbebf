"""The portal's pages that change tenants."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.models import Tenant
from billing.portal.tenant_forms import TenantForm
from billing.portal_selectors import tenants
from billing.services import create_tenant, delete_tenant, set_tenant_suites, update_tenant
from intellimeter.common.portal.forms import ConfirmPage, FormPage
from intellimeter.common.portal.inline import InlinePage
from metering.models import Property
from metering.portal.property_choice import PropertyChoice

WRITE = "billing:tenant:update"


class TenantStart(PropertyChoice):
    """Which property the new tenant lives in."""

    section = "tenants"
    scope = "billing:tenant:create"
    title = gettext_lazy("Where does the new tenant live?")
    leads_to = "tenant-add"

    def back(self) -> str:
        return reverse("tenants")


class TenantAdd(FormPage):
    """A new tenant of the property that the address names."""

    section = "tenants"
    scope = "billing:tenant:create"
    form_class = TenantForm
    title = gettext_lazy("New tenant")
    done = gettext_lazy("The tenant is added.")

    def rows(self) -> QuerySet[Property]:
        return Property.objects.visible_to(self.user)

    def heading(self) -> str:
        return _("New tenant of %(property)s") % {"property": self.object.display_name}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"property": self.object}

    def perform(self, form: TenantForm) -> None:
        values = dict(form.cleaned_data)
        suites = values.pop("suites")
        tenant = create_tenant(property=self.object, **values)
        set_tenant_suites(tenant=tenant, suites=suites)

    def back(self) -> str:
        return f"{reverse('tenants')}?property={self.object.public_id}"


class TenantEdit(InlinePage):
    """A tenant's name, addresses and suites."""

    shown_template, shown_as = "billing/parts/tenant.html", "tenant"

    section = "tenants"
    scope = WRITE
    form_class = TenantForm
    done = gettext_lazy("The tenant is saved.")

    def rows(self) -> QuerySet[Tenant]:
        return tenants(self.user)

    @property
    def columns(self) -> int:  # type: ignore[override] # a property's own list leaves its name out
        return 6 if self._of_property else 7

    @property
    def _of_property(self) -> bool:
        return self.request.GET.get("within") == "property"

    def shown_context(self) -> dict[str, Any]:
        return {"of_property": self._of_property}

    def heading(self) -> str:
        return str(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"property": self.object.property, "tenant": self.object}

    def perform(self, form: TenantForm) -> None:
        values = dict(form.cleaned_data)
        suites = values.pop("suites")
        update_tenant(tenant=self.object, **values)
        set_tenant_suites(tenant=self.object, suites=suites)

    def back(self) -> str:
        return f"{reverse('tenants')}?property={self.object.property.public_id}"


class TenantDelete(ConfirmPage):
    """Asks before a tenant goes."""

    section = "tenants"
    scope = "billing:tenant:delete"
    question = gettext_lazy("Delete the tenant %(name)s?")
    done = gettext_lazy("The tenant is deleted.")

    def rows(self) -> QuerySet[Tenant]:
        return Tenant.objects.visible_to(self.user).select_related("property").prefetch_related("suites")

    @cached_property
    def suite_names(self) -> list[str]:
        """The suites that the tenant gets invoices for."""
        return [suite.name for suite in self.object.suites.all()]

    def consequences(self) -> list[str]:
        said = [_("Invoices that are issued already keep their copy of name and address.")]
        if self.suite_names:
            said.insert(
                0, _("%(suites)s: no invoice is mailed to them any more.") % {"suites": ", ".join(self.suite_names)}
            )
        return said

    def perform(self) -> None:
        delete_tenant(tenant=self.object)

    def back(self) -> str:
        return reverse("tenants")

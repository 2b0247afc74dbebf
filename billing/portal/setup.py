"""A property's billing as a manager sets it up: rates and terms, fees, suites, services."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView

from billing import portal_selectors as selectors
from billing import services
from billing.models import Constants, Fee, InvoiceTemplate, Service
from billing.portal.setup_forms import ConstantsForm, FeeForm, ServiceForm, SuiteForm
from intellimeter.common.portal.forms import ConfirmPage, FormPage
from intellimeter.common.portal.inline import InlinePage
from intellimeter.common.portal.pages import PortalPage
from metering.models import Property, Suite
from metering.services import create_suite, update_suite


def setup_of(property: Property) -> str:
    """The address of the page that all of these come back to."""
    return reverse("billing-setup", kwargs={"public_id": property.public_id})


class BillingSetup(PortalPage, DetailView):
    """All that a property's invoices are made by, each with the way to change it."""

    section = "home"
    scope = "billing:constant:read"
    template_name = "billing/setup.html"
    context_object_name = "property"
    slug_field = slug_url_kwarg = "public_id"

    def get_queryset(self) -> QuerySet[Property]:
        in_force = InvoiceTemplate.objects.filter(property=OuterRef("pk"), ended=None)
        rows = Property.objects.visible_to(self.user).select_related("constants")
        return rows.annotate(own_template_since=Subquery(in_force.values("created")))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "fees": Fee.objects.filter(property=self.object),
            "suites": selectors.suites_with_tenants(self.object),
            "services": selectors.services_of(self.object),
        }


class _OfProperty(FormPage):
    """A form about something of the property that the address names."""

    section = "home"

    def rows(self) -> QuerySet[Property]:
        return Property.objects.visible_to(self.user).select_related("constants")

    def back(self) -> str:
        return setup_of(self.object)


class _Part(InlinePage):
    """A form about one part of a property's billing."""

    section = "home"

    def heading(self) -> str:
        return str(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.object}

    def back(self) -> str:
        return setup_of(self.object.property)


class ConstantsEdit(_OfProperty, InlinePage):
    """Rates, tax and terms."""

    shown_template, shown_as = "billing/parts/constants.html", "property"

    scope = "billing:constant:update"
    form_class = ConstantsForm
    done = gettext_lazy("Saved. Invoices that are issued already stay as they are.")

    def heading(self) -> str:
        return _("Rates and terms of %(property)s") % {"property": self.object.display_name}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.object.constants}

    def perform(self, form: ConstantsForm) -> None:
        constants = Constants.objects.get(pk=self.object.pk)
        services.update_constants(constants=constants, **form.cleaned_data)


class FeeAdd(_OfProperty):
    """A further fee."""

    scope = "billing:fee:write"
    form_class = FeeForm
    title = gettext_lazy("New fee")
    done = gettext_lazy("The fee is added.")

    def perform(self, form: FeeForm) -> None:
        services.create_fee(property=self.object, **form.cleaned_data)


class FeeEdit(_Part):
    """A fee's name, amount, and whether it is charged."""

    shown_template, shown_as, columns = "billing/parts/fee.html", "fee", 4

    scope = "billing:fee:update"
    form_class = FeeForm
    done = gettext_lazy("The fee is saved.")

    def rows(self) -> QuerySet[Fee]:
        return Fee.objects.visible_to(self.user).select_related("property")

    def perform(self, form: FeeForm) -> None:
        services.update_fee(fee=self.object, **form.cleaned_data)


class FeeDelete(ConfirmPage):
    """Asks before a fee goes."""

    section = "home"
    scope = "billing:fee:delete"
    question = gettext_lazy("Delete the fee %(name)s?")
    done = gettext_lazy("The fee is deleted.")

    def rows(self) -> QuerySet[Fee]:
        return Fee.objects.visible_to(self.user).select_related("property")

    def consequences(self) -> list[str]:
        return [_("No further invoice charges it. Invoices that are issued already keep it.")]

    def perform(self) -> None:
        services.delete_fee(fee=self.object)

    def back(self) -> str:
        return setup_of(self.object.property)


class SuiteAdd(_OfProperty):
    """A further suite."""

    scope = "billing:suite:create"
    form_class = SuiteForm
    title = gettext_lazy("New suite")
    done = gettext_lazy("The suite is added.")

    def perform(self, form: SuiteForm) -> None:
        create_suite(property=self.object, name=form.cleaned_data["name"])


class SuiteEdit(InlinePage):
    """A suite's name."""

    shown_template, shown_as, columns = "billing/parts/suite.html", "suite", 4

    section = "home"
    scope = "billing:suite:update"
    form_class = SuiteForm
    done = gettext_lazy("The suite is saved. Invoices that are issued already keep the name they carry.")

    def rows(self) -> QuerySet[Suite]:
        return selectors.with_tenants(Suite.objects.visible_to(self.user).select_related("property"))

    def heading(self) -> str:
        return str(self.object.name)

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.object.name}

    def perform(self, form: SuiteForm) -> None:
        update_suite(suite=Suite.objects.get(pk=self.object.pk), name=form.cleaned_data["name"])

    def back(self) -> str:
        return setup_of(self.object.property)


class SuiteDelete(ConfirmPage):
    """Asks before a suite goes; one with invoices stays."""

    section = "home"
    scope = "billing:suite:delete"
    question = gettext_lazy("Delete the suite %(name)s?")
    done = gettext_lazy("The suite is deleted.")

    def rows(self) -> QuerySet[Suite]:
        return Suite.objects.visible_to(self.user).select_related("property")

    def consequences(self) -> list[str]:
        return [
            _("Its meters stay, without a suite."),
            _("Its services are deleted, and its tenants are no longer bound to it."),
            _("A suite that has invoices cannot be deleted."),
        ]

    def perform(self) -> None:
        services.delete_suite(suite=self.object)

    def back(self) -> str:
        return setup_of(self.object.property)


class ServiceAdd(_OfProperty):
    """A further standing order."""

    scope = "billing:service:create"
    form_class = ServiceForm
    title = gettext_lazy("New service")
    done = gettext_lazy("The service is added. Its first invoice is issued on its next day of the month.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"property": self.object}

    def perform(self, form: ServiceForm) -> None:
        services.create_service(property=self.object, **form.cleaned_data)


class ServiceEdit(_Part):
    """Whom a service bills, when, and by which type."""

    shown_template, shown_as, columns = "billing/parts/service.html", "service", 6

    scope = "billing:service:update"
    form_class = ServiceForm
    done = gettext_lazy("The service is saved.")

    def rows(self) -> QuerySet[Service]:
        return Service.objects.visible_to(self.user).select_related("property", "suite")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"property": self.object.property}

    def perform(self, form: ServiceForm) -> None:
        service = Service.objects.get(pk=self.object.pk)
        services.update_service(service=service, now=timezone.now(), **form.cleaned_data)


class ServiceDelete(ConfirmPage):
    """Asks before a service goes."""

    section = "home"
    scope = "billing:service:delete"
    question = gettext_lazy("Delete the service %(name)s?")
    done = gettext_lazy("The service is deleted.")

    def rows(self) -> QuerySet[Service]:
        return Service.objects.visible_to(self.user).select_related("property")

    def consequences(self) -> list[str]:
        return [_("It issues no further invoice. Those that it issued stay.")]

    def perform(self) -> None:
        services.delete_service(service=self.object)

    def back(self) -> str:
        return setup_of(self.object.property)

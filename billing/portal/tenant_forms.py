"""What a manager types about a tenant."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from billing.models import Tenant
from intellimeter.common.portal.forms import PortalForm
from metering.models import Property, Suite


class TenantForm(PortalForm):
    """A tenant, and the suites whose invoices they get."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(label=_("Email"), help_text=_("Invoices are mailed here."))
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, help_text=_("As it is printed on invoices."))
    suites = forms.ModelMultipleChoiceField(
        label=_("Suites"),
        queryset=Suite.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their invoices are mailed to this tenant."),
    )

    def __init__(self, *args: Any, user: User, property: Property, tenant: Tenant | None = None, **kwargs: Any):
        super().__init__(*args, user=user, **kwargs)
        suites: Any = self.fields["suites"]
        suites.queryset = Suite.objects.visible_to(user).filter(property=property)
        if tenant is not None:
            self.initial = {name: getattr(tenant, name) for name in ("first_name", "last_name", "email", "address")}
            self.initial |= {"phone": tenant.phone or "", "suites": list(tenant.suites.all())}

    def clean_phone(self) -> str | None:
        return self.cleaned_data["phone"] or None

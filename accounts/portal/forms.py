"""What people type about themselves, their company and its users."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from accounts.models import Company, User
from intellimeter.common.portal.forms import PortalForm


class AccountForm(PortalForm):
    """Who one is."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(label=_("Email"), help_text=_("What you sign in with."))


class PasswordForm(PortalForm):
    """A new password for oneself; the old one is asked for, since the screen may have been left open."""

    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=" ".join(password_validators_help_texts()),
    )
    again = forms.CharField(
        label=_("New password, again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError(_("This is not the present password."))
        return old

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("The two are not the same."))
        return again


class CompanyForm(PortalForm):
    """What invoices and reports say of the company."""

    name = forms.CharField(label=_("Name"), max_length=200)
    tax_number = forms.CharField(
        label=_("Tax number (HST)"), max_length=40, required=False, help_text=_("Printed on every invoice.")
    )
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [(name, name) for name in sorted(available_timezones())],
        help_text=_("Of reports and of what belongs to no property; each property has its own."),
    )

    def __init__(self, *args: Any, user: User, company: Company, **kwargs: Any):
        super().__init__(*args, user=user, **kwargs)
        self.initial = {name: getattr(company, name) for name in self.fields}


class UserForm(PortalForm):
    """A person of the company. Without a password nobody can sign in as them until they choose one by mail."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(label=_("Email"), help_text=_("What they sign in with."))
    is_admin = forms.BooleanField(
        label=_("Admin"),
        required=False,
        help_text=_("Sees every property, and may change users, the company, meters and file upload."),
    )
    is_active = forms.BooleanField(label=_("Active"), required=False, initial=True, help_text=_("May sign in."))
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=" ".join(password_validators_help_texts()),
    )

    def clean_password(self) -> str | None:
        return self.cleaned_data["password"] or None

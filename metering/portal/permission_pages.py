"""The settings page that says which properties a person sees."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from intellimeter.common.portal.forms import FormPage, PortalForm
from metering.access import permit_properties
from metering.models import Property


class PermissionForm(PortalForm):
    """All properties, or some."""

    every = forms.BooleanField(
        label=_("All properties"), required=False, help_text=_("Also those that are still to come.")
    )
    properties = forms.ModelMultipleChoiceField(
        label=_("Only these"),
        queryset=Property.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["properties"]
        choices.queryset = Property.objects.visible_to(self.user)
        self.initial = {
            "every": person.sees_all_properties,
            "properties": [access.property.public_id for access in person.property_access.select_related("property")],
        }


class PermissionEdit(FormPage):
    """Which properties a person sees; admins see all."""

    section = "settings"
    setting = "users"
    scope = "uac:users:update"
    form_class = PermissionForm
    template_name = "accounts/settings_form.html"
    done = _("Saved; it holds at once.")

    def rows(self) -> QuerySet[User]:
        return User.objects.visible_to(self.user)

    def heading(self) -> str:
        return str(_("Properties that %(name)s sees")) % {"name": self.object.get_full_name() or self.object.email}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"person": self.object}

    def perform(self, form: PermissionForm) -> None:
        chosen = None if form.cleaned_data["every"] else list(form.cleaned_data["properties"])
        permit_properties(user=self.object, by=self.user, properties=chosen)

    def back(self) -> str:
        return reverse("users")

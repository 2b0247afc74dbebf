"""Programs that act for users."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import get_application_model
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.widgets import UnfoldBooleanSwitchWidget

from accounts import services
from accounts.models import Application
from intellimeter.common.admin import ServiceAdmin
from intellimeter.common.errors import DomainError

if admin.site.is_registered(get_application_model()):
    admin.site.unregister(get_application_model())


class ApplicationForm(forms.ModelForm):
    """Scopes may have wildcards; what they stand for is kept."""

    new_secret = forms.BooleanField(
        label=_("Make a new secret"),
        help_text=_("The old one is void at once."),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
    )

    class Meta:
        model = Application
        fields = ["name", "user", "client_type", "scopes", "redirect_uris"]

    def clean_scopes(self) -> str:
        return _checked("scopes", services.expanded_scopes, self.cleaned_data["scopes"])

    def clean_redirect_uris(self) -> str:
        return _checked("redirect_uris", services.joined_redirect_uris, self.cleaned_data["redirect_uris"].split())


def _checked(field: str, check: Any, value: Any) -> str:
    try:
        return str(check(value))
    except DomainError as error:
        raise forms.ValidationError(error.fields.get(field, [error.message])) from error


@admin.register(Application)
class ApplicationAdmin(ServiceAdmin):
    """The secret is told once, when it is made; after that nobody can read it."""

    form = ApplicationForm
    list_display = ["name", "client_id", "user", "company", "client_type", "created"]
    list_filter = [("user__company", AutocompleteSelectFilter), "client_type"]
    list_select_related = ["user__company"]
    search_fields = ["name", "client_id", "public_id", "user__email", "user__company__name"]
    autocomplete_fields = ["user"]
    readonly_fields = ["client_id", "public_id", "created", "updated"]
    fixed_fields = ("user", "client_type")
    extra_values = ("new_secret",)
    fieldsets = [
        (None, {"fields": ["name", "user", "client_type", "scopes", "redirect_uris"]}),
        (_("Record"), {"fields": ["client_id", "new_secret", "public_id", "created", "updated"]}),
    ]
    add_fieldsets = fieldsets[:1]

    @admin.display(description=_("company"), ordering="user__company__name")
    def company(self, application: Application) -> Any:
        return application.user.company if application.user else None

    def create(self, row: Application, values: dict[str, Any]) -> Application:
        application, secret = services.create_application(
            user=values["user"],
            name=values["name"],
            scopes=values["scopes"],
            redirect_uris=values["redirect_uris"].split(),
            public=values["client_type"] == Application.CLIENT_PUBLIC,
        )
        return _with_secret(application, secret)

    def update(self, row: Application, changes: dict[str, Any]) -> Application:
        if "redirect_uris" in changes:
            changes["redirect_uris"] = changes["redirect_uris"].split()
        return _with_secret(*services.update_application(application=row, **changes))

    def delete(self, row: Application) -> None:
        services.delete_application(application=row)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        self._tell_secret(request, obj)
        answer: HttpResponse = super().response_add(request, obj, post_url_continue)
        return answer

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self._tell_secret(request, obj)
        answer: HttpResponse = super().response_change(request, obj)
        return answer

    def _tell_secret(self, request: HttpRequest, application: Any) -> None:
        if application.told_secret is not None:
            text = __("The client secret is told this once; keep it now: %(secret)s")
            self.message_user(request, text % {"secret": application.told_secret}, messages.WARNING)


def _with_secret(application: Any, secret: str | None) -> Any:
    """The application with its secret at hand for the answer to this request; it is no field and is not stored."""
    application.told_secret = secret
    return application

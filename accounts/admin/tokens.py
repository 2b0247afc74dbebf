"""Who is signed in through which program. Tokens are stored hashed, so none can be read here; deleting one revokes it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from oauth2_provider.models import revoke_access_token
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter

from accounts.models import AccessToken, Consent, DeviceGrant, Grant, IDToken, RefreshToken
from accounts.oauth.consents import revoke_consent
from intellimeter.common.admin import PlatformAdmin, ReadOnly

for model in (AccessToken, DeviceGrant, Grant, IDToken, RefreshToken):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(AccessToken)
class AccessTokenAdmin(ReadOnly, PlatformAdmin):
    """Access tokens; revoking one takes its refresh token along."""

    list_display = ["pk", "user", "application", "created", "expires"]
    list_filter = [
        ("user", AutocompleteSelectFilter),
        ("application", AutocompleteSelectFilter),
        ("expires", RangeDateTimeFilter),
    ]
    list_select_related = ["user", "application"]
    search_fields = ["user__email", "application__name"]
    fields = ["user", "application", "scope", "created", "expires"]
    sortable_by = ()
    ordering = ["-pk"]

    def has_delete_permission(self, request: HttpRequest, obj: AccessToken | None = None) -> bool:
        return True

    def delete_model(self, request: HttpRequest, obj: AccessToken) -> None:
        revoke_access_token(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[AccessToken]) -> None:
        for token in queryset:
            revoke_access_token(token)


@admin.register(Consent)
class ConsentAdmin(ReadOnly, PlatformAdmin):
    """What users let programs do; revoking a consent takes every token along that came of it."""

    list_display = ["user", "application", "given"]
    list_filter = [
        ("user", AutocompleteSelectFilter),
        ("application", AutocompleteSelectFilter),
        ("given", RangeDateTimeFilter),
    ]
    list_select_related = ["user", "application"]
    search_fields = ["user__email", "application__name"]
    fields = ["user", "application", "scopes", "given", "created", "updated"]
    ordering = ["-given"]

    def has_delete_permission(self, request: HttpRequest, obj: Consent | None = None) -> bool:
        return True

    def delete_model(self, request: HttpRequest, obj: Consent) -> None:
        revoke_consent(consent=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Consent]) -> None:
        for consent in queryset:
            revoke_consent(consent=consent)

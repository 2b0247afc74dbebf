"""Companies and users."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts import services
from accounts.models import Company, User
from intellimeter.common.admin import ServiceAdmin

admin.site.unregister(Group)  # staff run the platform: there are no finer rights to give


@admin.register(Company)
class CompanyAdmin(ServiceAdmin):
    list_display = ["name", "public_id", "timezone", "tax_number", "people", "created"]
    list_filter = ["timezone"]
    search_fields = ["name", "public_id"]
    ordering = ["name"]
    fields = ["name", "timezone", "tax_number", "public_id", "created", "updated"]
    readonly_fields = ["public_id", "created", "updated"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Company]:
        rows: QuerySet[Company] = super().get_queryset(request)
        return rows.annotate(people=Count("users"))

    @admin.display(description=_("people"), ordering="people")
    def people(self, company: Any) -> int:
        return int(company.people)

    def create(self, row: Company, values: dict[str, Any]) -> Company:
        return services.create_company(**values)

    def update(self, row: Company, changes: dict[str, Any]) -> Company:
        return services.update_company(company=row, **changes)


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ServiceAdmin):  # type: ignore[misc] # the stubs type both bases' readonly fields apart
    """People. Another company would take a user's applications and tokens along, so a user stays in theirs."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    ordering = ["email"]
    list_display = ["email", "first_name", "last_name", "company", "is_admin", "is_staff", "is_active", "last_login"]
    list_filter = [("company", AutocompleteSelectFilter), "is_admin", "is_staff", "is_active", "all_properties"]
    list_select_related = ["company"]
    search_fields = ["email", "first_name", "last_name", "public_id", "company__name"]
    autocomplete_fields = ["company"]
    filter_horizontal = ()
    readonly_fields = ["public_id", "last_login", "created", "updated"]
    fixed_fields = ("company",)
    extra_values = ("password1",)
    fieldsets = [
        (None, {"fields": ["email", "password", "first_name", "last_name", "company"]}),
        (_("Rights"), {"fields": ["is_admin", "all_properties", "is_staff", "is_active"]}),
        (_("Record"), {"fields": ["public_id", "last_login", "created", "updated"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"fields": ["email", "first_name", "last_name", "company", "password1", "password2"]},
        ),
        (_("Rights"), {"fields": ["is_admin", "all_properties", "is_staff"]}),
    ]

    def create(self, row: User, values: dict[str, Any]) -> User:
        return services.create_user(password=values.pop("password1", None) or None, **values)

    def update(self, row: User, changes: dict[str, Any]) -> User:
        return services.update_user(user=row, **{name: changes[name] for name in changes if name != "password"})

    def delete(self, row: User) -> None:
        services.delete_user(user=row)

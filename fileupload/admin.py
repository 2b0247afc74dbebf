"""The administration of file upload: destinations, which can be tried, and deliveries, which can be sent again."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateFilter
from unfold.widgets import UnfoldAdminPasswordWidget

from fileupload import samples, services
from fileupload.enums import Transport
from fileupload.models import Cycle, Delivery, Destination, FtpsDestination, HttpDestination, Sample
from intellimeter.common.admin import PlatformAdmin, ReadOnly, ServiceAdmin
from intellimeter.common.errors import DomainError

OF_PROPERTY = [("property", AutocompleteSelectFilter)]
FIND_PROPERTY = ["property__display_name", "property__job_number"]
RECORD = ["created", "updated", "failures", "next_attempt"]


class DestinationAdmin(ServiceAdmin):
    """What the pages of both transports share. Settings are replaced as a whole, as by the API."""

    list_filter = [*OF_PROPERTY, "file_type"]
    list_select_related = ["property"]
    autocomplete_fields = ["property"]
    readonly_fields = RECORD
    fixed_fields = ("property",)
    actions = ["send_sample"]
    transport: Transport
    settings: tuple[str, ...] = ()

    def put(self, **values: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} does not say what it puts.")

    def create(self, row: Any, values: dict[str, Any]) -> Any:
        if self.model._default_manager.filter(property=values["property"]).exists():
            raise DomainError("The property has a destination of this kind already; change that one.")
        return self.put(**values)

    def update(self, row: Any, changes: dict[str, Any]) -> Any:
        kept = {name: getattr(row, name) for name in self.settings}
        return self.put(property=row.property, **{**kept, **changes})

    def delete(self, row: Destination) -> None:
        services.disable(property=row.property, transport=self.transport)

    @admin.action(description=_("Send a sample file now"), permissions=["change"])
    def send_sample(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Have the worker of uploads try them: an attempt takes longer than a page may."""
        for destination in queryset:
            samples.ask(destination=destination, now=timezone.now())
            told = _("A sample for %(destination)s is on its way; “Samples” shows what becomes of it.")
            self.message_user(request, told % {"destination": destination}, messages.SUCCESS)


@admin.register(HttpDestination)
class HttpDestinationAdmin(DestinationAdmin):
    list_display = ["property", "url", "method", "file_type", "failures", "next_attempt", "updated"]
    search_fields = ["url", *FIND_PROPERTY]
    transport = Transport.HTTP
    settings = ("url", "method", "expected_code", "file_type", "header", "body")
    fieldsets = [
        (None, {"fields": ["property", "url", "method", "expected_code", "file_type", "header", "body"]}),
        (_("Record"), {"fields": RECORD}),
    ]
    add_fieldsets = fieldsets[:1]

    def put(self, **values: Any) -> HttpDestination:
        return services.put_http(**values)


class FtpsForm(forms.ModelForm):
    """The stored password is not shown; an empty field keeps it."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        required=False,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
        help_text=_("Leave empty to keep the one that is stored."),
    )

    class Meta:
        model = FtpsDestination
        fields = ["property", "host", "port", "user", "password", "path", "file_type", "ca_certificate"]

    def clean_password(self) -> str | None:
        return self.cleaned_data["password"] or None


@admin.register(FtpsDestination)
class FtpsDestinationAdmin(DestinationAdmin):
    form = FtpsForm
    list_display = ["property", "host", "port", "user", "file_type", "failures", "next_attempt", "updated"]
    search_fields = ["host", "user", *FIND_PROPERTY]
    transport = Transport.FTPS
    settings = ("host", "port", "user", "path", "file_type", "ca_certificate")
    fieldsets = [
        (None, {"fields": ["property", "host", "port", "user", "password", "path", "file_type", "ca_certificate"]}),
        (_("Record"), {"fields": RECORD}),
    ]
    add_fieldsets = fieldsets[:1]

    def put(self, **values: Any) -> FtpsDestination:
        return services.put_ftps(**values)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, PlatformAdmin):
    """Each file on its way or arrived; what failed can be sent again."""

    list_display = ["delivery_id", "destination", "cycle", "status", "attempts", "code", "problem", "sent"]
    list_filter = [
        ("destination__property", AutocompleteSelectFilter),
        "status",
        "destination__transport",
        ("created", RangeDateFilter),
    ]
    list_select_related = ["destination__property", "cycle__property"]
    search_fields = [
        "destination__property__display_name",
        "destination__property__job_number",
        "delivery_id__exact",
    ]
    sortable_by = ()
    ordering = ["-pk"]
    actions = ["resend"]

    @admin.action(description=_("Send again"), permissions=["view"])
    def resend(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        now = timezone.now()
        for delivery in queryset:
            try:
                services.resend(delivery=delivery, now=now)
            except DomainError as error:
                self.message_user(request, f"{delivery}: {error.message}", messages.WARNING)
            else:
                self.message_user(request, _("%(delivery)s is sent again.") % {"delivery": delivery}, messages.SUCCESS)


@admin.register(Cycle)
class CycleAdmin(ReadOnly, PlatformAdmin):
    """The read cycles that made deliveries, and those that are still open."""

    list_display = ["property", "time", "deadline", "closed"]
    list_filter = [*OF_PROPERTY, ("time", RangeDateFilter)]
    list_select_related = ["property"]
    search_fields = FIND_PROPERTY
    sortable_by = ()
    ordering = ["-pk"]


@admin.register(Sample)
class SampleAdmin(ReadOnly, PlatformAdmin):
    """The files that tried a destination, and what it did with them."""

    list_display = ["destination", "created", "started", "finished", "taken", "code", "problem", "duration"]
    list_filter = [("destination__property", AutocompleteSelectFilter), "taken", "destination__transport"]
    list_select_related = ["destination__property"]
    search_fields = ["destination__property__display_name", "destination__property__job_number"]
    ordering = ["-pk"]

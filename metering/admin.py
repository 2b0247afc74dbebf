"""The administration of properties, suites and meters. Reads are shown on their meter's page: they have no page of their own."""

from datetime import datetime
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from accounts.admin.people import UserAdmin
from accounts.models import User
from intellimeter.common.admin import PlatformAdmin, ReadOnly, ServiceAdmin
from intellimeter.common.local_time import local_stamp, zone_of
from metering import services
from metering.enums import Flag
from metering.models import Meter, MeterSuite, Property, PropertyAccess, Read, ReadImport, Suite

READS_SHOWN = 50
NOTHING = "–"


class AccessFormSet(BaseInlineFormSet):
    """Properties of the user's own company."""

    def clean(self) -> None:
        super().clean()
        given = [form.cleaned_data["property"] for form in self.forms if "property" in (form.cleaned_data or {})]
        if any(property.company_id != self.instance.company_id for property in given):
            raise forms.ValidationError(_("A user sees properties of their own company only."))


class PropertyAccessInline(TabularInline):
    """What a user sees who does not see everything."""

    model = PropertyAccess
    formset = AccessFormSet
    autocomplete_fields = ["property"]
    extra = 0


admin.site.unregister(User)


@admin.register(User)
class UserWithAccessAdmin(UserAdmin):
    """People, with the properties given to them: accounts knows no properties, so the page is completed here."""

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list[Any]:
        return [PropertyAccessInline] if obj is not None and not obj.sees_all_properties else []


@admin.register(Property)
class PropertyAdmin(ServiceAdmin):
    list_display = ["display_name", "job_number", "company", "timezone", "suite_count", "meter_count", "public_id"]
    list_filter = [("company", AutocompleteSelectFilter), "timezone"]
    list_select_related = ["company"]
    search_fields = ["display_name", "job_number", "job_name", "address", "public_id", "company__name"]
    ordering = ["display_name", "pk"]
    autocomplete_fields = ["company"]
    fields = [
        "company",
        "job_number",
        "job_name",
        "display_name",
        "address",
        "timezone",
        "public_id",
        "created",
        "updated",
    ]
    readonly_fields = ["public_id", "created", "updated"]
    fixed_fields = ("company",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Property]:
        rows: QuerySet[Property] = super().get_queryset(request)
        return rows.annotate(suite_count=_number_of(Suite), meter_count=_number_of(Meter))

    @admin.display(description=_("suites"))
    def suite_count(self, property: Any) -> int:
        return int(property.suite_count)

    @admin.display(description=_("meters"))
    def meter_count(self, property: Any) -> int:
        return int(property.meter_count)

    def create(self, row: Property, values: dict[str, Any]) -> Property:
        return services.create_property(**values)

    def update(self, row: Property, changes: dict[str, Any]) -> Property:
        return services.update_property(property=row, **changes)


@admin.register(Suite)
class SuiteAdmin(ServiceAdmin):
    list_display = ["name", "property", "company", "public_id", "created"]
    list_filter = [("property", AutocompleteSelectFilter)]
    list_select_related = ["property__company"]
    search_fields = ["name", "public_id__exact", "property__display_name", "property__job_number"]
    sortable_by = ()
    ordering = ["property_id", "name"]
    autocomplete_fields = ["property"]
    fields = ["property", "name", "public_id", "created", "updated"]
    readonly_fields = ["public_id", "created", "updated"]
    fixed_fields = ("property",)

    @admin.display(description=_("company"), ordering="property__company__name")
    def company(self, suite: Suite) -> Any:
        return suite.property.company

    def create(self, row: Suite, values: dict[str, Any]) -> Suite:
        return services.create_suite(**values)

    def update(self, row: Suite, changes: dict[str, Any]) -> Suite:
        return services.update_suite(suite=row, **changes)


class AssignmentFormSet(BaseInlineFormSet):
    """Which suite a meter serves, over time: of its own property, one at a time, and none for a general meter."""

    def clean(self) -> None:
        super().clean()
        rows = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE") and "suite" in form.cleaned_data
        ]
        if any(row["suite"].property_id != self.instance.property_id for row in rows):
            raise forms.ValidationError(_("A meter serves suites of its own property only."))
        if self.instance.general and any(row["end"] is None for row in rows):
            raise forms.ValidationError(_("A general meter belongs to no suite."))
        earliest = datetime.min.replace(tzinfo=timezone.get_default_timezone())
        rows.sort(key=lambda row: row["start"] or earliest)
        for before, after in pairwise(rows):
            if before["end"] is None or after["start"] is None or after["start"] < before["end"]:
                raise forms.ValidationError(_("Two of these overlap: a meter serves one suite at a time."))


class AssignmentInline(TabularInline):
    model = MeterSuite
    verbose_name_plural = _("suites that the meter serves: no start means from the beginning, no end means still")
    formset = AssignmentFormSet
    autocomplete_fields = ["suite"]
    extra = 0


@admin.register(Meter)
class MeterAdmin(ServiceAdmin):
    list_display = ["name", "serial_number", "property", "utility", "is_main", "latest_time", "latest_register"]
    list_filter = [("property", AutocompleteSelectFilter), "utility", "general"]
    list_select_related = ["property", "latest"]
    search_fields = [
        "name",
        "serial_number",
        "public_id__exact",
        "property__display_name",
        "property__job_number",
    ]
    sortable_by = ()
    ordering = ["property_id", "name"]
    autocomplete_fields = ["property"]
    readonly_fields = ["public_id", "created", "updated", "reads"]
    fixed_fields = ("property", "utility")
    fieldsets = [
        (None, {"fields": ["property", "name", "serial_number", "utility", "general"]}),
        (_("Place and register"), {"fields": ["floor", "panel", "register_max"]}),
        (_("Record"), {"fields": ["public_id", "created", "updated"]}),
        (_("Latest reads"), {"fields": ["reads"]}),
    ]
    add_fieldsets = fieldsets[:2]

    def get_inlines(self, request: HttpRequest, obj: Meter | None) -> list[Any]:
        return [AssignmentInline] if obj is not None else []

    @admin.display(description=_("main meter"), ordering="general")
    def is_main(self, meter: Meter) -> str:
        return str(_("main")) if meter.general else ""

    @admin.display(description=_("latest read"), ordering="latest__time")
    def latest_time(self, meter: Meter) -> str:
        latest = getattr(meter, "latest", None)
        return _local(latest.time, meter) if latest and latest.time else NOTHING

    @admin.display(description=_("register"), ordering="latest__register")
    def latest_register(self, meter: Meter) -> str:
        latest = getattr(meter, "latest", None)
        return _figure(latest.register) if latest else NOTHING

    @admin.display(description="")
    def reads(self, meter: Meter) -> Any:
        """The newest reads, in the property's local time."""
        newest = list(Read.objects.filter(meter=meter).order_by("-time")[:READS_SHOWN])
        if not newest:
            return _("No read has come in yet.")
        head = format_html(
            '<tr><th>{}</th><th class="number">{}</th><th class="number">{}</th><th>{}</th><th>{}</th></tr>',
            _("Time (%(zone)s)") % {"zone": meter.property.timezone},
            _("Register (%(unit)s)") % {"unit": meter.units},
            _("Interval"),
            _("Flag"),
            _("Other points"),
        )
        row = '<tr><td>{}</td><td class="number">{}</td><td class="number">{}</td><td>{}</td><td>{}</td></tr>'
        body = format_html_join("", row, (_read_cells(read, meter) for read in newest))
        return format_html('<table class="platform-table">{}{}</table>', head, body)

    def create(self, row: Meter, values: dict[str, Any]) -> Meter:
        return services.create_meter(**values)

    def update(self, row: Meter, changes: dict[str, Any]) -> Meter:
        return services.update_meter(meter=row, **changes)


def _number_of(model: type[Suite] | type[Meter]) -> Coalesce:
    """How many rows of the model the property has."""
    rows = model._default_manager.filter(property=OuterRef("pk")).order_by().values("property")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def _read_cells(read: Read, meter: Meter) -> tuple[Any, ...]:
    points = ", ".join(f"{name} {value}" for name, value in (read.points or {}).items())
    flag = Flag(read.flag).label if read.flag else ""
    return _local(read.time, meter), _figure(read.register), _figure(read.interval), flag, points


def _local(instant: datetime, meter: Meter) -> str:
    return local_stamp(instant, zone_of(meter.property.timezone)).replace("T", " ")


def _figure(value: Any) -> str:
    return NOTHING if value is None else f"{value.normalize():f}"


@admin.register(ReadImport)
class ReadImportAdmin(ReadOnly, PlatformAdmin):
    """The files of reads that people gave in the portal, and what became of them."""

    list_display = ["name", "property", "user", "state", "created", "finished", "accepted", "duplicates", "rejected"]
    list_filter = ["state"]
    list_select_related = ["property", "user"]
    search_fields = ["name", "property__display_name", "user__email"]
    exclude = ["row_notes", "file"]

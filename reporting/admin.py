"""The administration of scheduled reports. Runs are facts: they can be looked at."""

from typing import Any

from django.contrib import admin
from django.utils import timezone
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter

from intellimeter.common.admin import PlatformAdmin, ReadOnly, ReadOnlyInline, ServiceAdmin
from reporting.models import Run, Schedule
from reporting.schedules import services


class RunInline(ReadOnlyInline):
    """How each report of the schedule went."""

    model = Run
    fields = ["first", "until", "status", "finished", "reason", "mail_status", "emailed_at", "mail_error"]
    readonly_fields = fields
    show_change_link = True


@admin.register(Schedule)
class ScheduleAdmin(ServiceAdmin):
    list_display = ["name", "user", "repeat", "period", "active", "next_due", "last_run", "public_id"]
    list_filter = [("user", AutocompleteSelectFilter), "repeat", "active"]
    list_select_related = ["user"]
    search_fields = ["name", "public_id", "user__email"]
    autocomplete_fields = ["user"]
    fields = [
        "user",
        "name",
        "sections",
        "repeat",
        "period",
        "start",
        "end",
        "active",
        "next_due",
        "last_run",
        "result",
        "public_id",
        "created",
        "updated",
    ]
    readonly_fields = ["next_due", "last_run", "result", "public_id", "created", "updated"]
    fixed_fields = ("user",)
    inlines = [RunInline]

    def create(self, row: Schedule, values: dict[str, Any]) -> Schedule:
        return services.create_schedule(now=timezone.now(), **values)

    def update(self, row: Schedule, changes: dict[str, Any]) -> Schedule:
        return services.update_schedule(schedule=row, now=timezone.now(), **changes)

    def delete(self, row: Schedule) -> None:
        services.delete_schedule(schedule=row)


@admin.register(Run)
class RunAdmin(ReadOnly, PlatformAdmin):
    list_display = ["schedule", "first", "until", "status", "finished", "mail_status", "emailed_at", "public_id"]
    list_filter = ["status", "mail_status", ("created", RangeDateTimeFilter)]
    list_select_related = ["schedule"]
    search_fields = ["public_id__exact", "schedule__name", "schedule__public_id", "schedule__user__email"]
    exclude = ["token_hash"]
    sortable_by = ()
    ordering = ["-pk"]

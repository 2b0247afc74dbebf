"""The audit log, to be read."""

from typing import Any

from auditlog.models import LogEntry
from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter

from intellimeter.common.admin import PlatformAdmin, ReadOnly

if admin.site.is_registered(LogEntry):
    admin.site.unregister(LogEntry)

NOTHING = "–"
SHORT = 60


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnly, PlatformAdmin):
    """Who changed what, when, through which door, from what to what."""

    list_display = ["timestamp", "who", "door", "action", "content_type", "object_repr", "changed"]
    list_filter = [
        "action",
        ("actor", AutocompleteSelectFilter),
        "content_type",
        ("timestamp", RangeDateTimeFilter),
    ]
    list_select_related = ["actor", "content_type"]
    search_fields = ["object_repr", "object_pk", "actor__email", "changes"]
    fields = ["timestamp", "who", "door", "remote_addr", "action", "content_type", "object_repr", "difference"]
    readonly_fields = fields
    ordering = ["-timestamp", "-pk"]

    @admin.display(description=_("who"), ordering="actor__email")
    def who(self, entry: LogEntry) -> str:
        return str(entry.actor or entry.actor_email or NOTHING)

    @admin.display(description=_("through"))
    def door(self, entry: LogEntry) -> str:
        details = entry.additional_data or {}
        return " · ".join(str(details[name]) for name in ("via", "application") if name in details) or NOTHING

    @admin.display(description=_("changed"))
    def changed(self, entry: LogEntry) -> str:
        names = ", ".join(sorted(entry.changes or {}))
        return names if len(names) <= SHORT else f"{names[:SHORT]}…"

    @admin.display(description=_("before and after"))
    def difference(self, entry: LogEntry) -> Any:
        rows = [(name, *_before_and_after(change)) for name, change in sorted((entry.changes or {}).items())]
        body = format_html_join("", "<tr><th>{}</th><td>{}</td><td>{}</td></tr>", rows)
        head = format_html("<tr><th>{}</th><th>{}</th><th>{}</th></tr>", _("Field"), _("Before"), _("After"))
        return format_html('<table class="platform-table">{}{}</table>', head, body)


def _before_and_after(change: Any) -> tuple[Any, Any]:
    """The two values of a change; of a list of relations, what was added or taken away."""
    if isinstance(change, dict):
        listed = ", ".join(map(str, change.get("objects", [])))
        return (NOTHING, listed) if change.get("operation") == "add" else (listed, NOTHING)
    before, after = change
    return _shown(before), _shown(after)


def _shown(value: Any) -> Any:
    return NOTHING if value in (None, "") else value

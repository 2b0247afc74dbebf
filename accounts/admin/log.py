"""The audit log, to be read."""

from typing import Any

from auditlog.models import LogEntry
from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter

from accounts import log_words
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
        return log_words.who(entry) or NOTHING

    @admin.display(description=_("through"))
    def door(self, entry: LogEntry) -> str:
        return log_words.door(entry) or NOTHING

    @admin.display(description=_("changed"))
    def changed(self, entry: LogEntry) -> str:
        names = ", ".join(name for name, _before, _after in log_words.changed(entry))
        return names if len(names) <= SHORT else f"{names[:SHORT]}…"

    @admin.display(description=_("before and after"))
    def difference(self, entry: LogEntry) -> Any:
        rows = [(name, before or NOTHING, after or NOTHING) for name, before, after in log_words.changed(entry)]
        body = format_html_join("", "<tr><th>{}</th><td>{}</td><td>{}</td></tr>", rows)
        head = format_html("<tr><th>{}</th><th>{}</th><th>{}</th></tr>", _("Field"), _("Before"), _("After"))
        return format_html('<table class="platform-table">{}{}</table>', head, body)

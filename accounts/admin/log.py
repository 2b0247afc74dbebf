"""The audit log, to be read."""

from typing import Any

from auditlog.models import LogEntry
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter

from accounts import log_words
from intellimeter.common.admin import PlatformAdmin, ReadOnly

if admin.site.is_registered(LogEntry):
    admin.site.unregister(LogEntry)

NOTHING = "–"
SHORT = 60
SEARCHED = 50_000


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
    search_fields = ["object_repr", "object_pk__exact", "actor__email", "actor_email"]
    search_help_text = _("Name of what was changed, or who; among the newest entries, or those of the times chosen")
    sortable_by = ()
    fields = ["timestamp", "who", "door", "remote_addr", "action", "content_type", "object_repr", "difference"]
    readonly_fields = fields
    ordering = ["-timestamp", "-pk"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[LogEntry], search_term: str
    ) -> tuple[QuerySet[LogEntry], bool]:
        """No index serves a search within names, so it goes through the newest entries, or through those that a filter left."""
        if search_term and not any(request.GET.get(name) for name in request.GET if name.startswith("timestamp")):
            newest = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            queryset = queryset.filter(pk__gt=newest - SEARCHED)
        return super().get_search_results(request, queryset, search_term)

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

"""The settings page with what the company's people and programs changed."""

from typing import Any, ClassVar

import django_filters
from auditlog.models import LogEntry
from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from accounts.models import User
from intellimeter.common.portal.pages import PortalPage

ROWS_ON_A_PAGE = 50
SMALL = {"class": "form-control form-control-sm"}


class LogFilter(django_filters.FilterSet):
    """Entries by day and by words of who, or of what was changed."""

    since = django_filters.DateFilter(
        label=_("From (UTC)"),
        field_name="timestamp__date",
        lookup_expr="gte",
        widget=forms.DateInput({**SMALL, "type": "date"}),
    )
    until = django_filters.DateFilter(
        label=_("To (UTC)"),
        field_name="timestamp__date",
        lookup_expr="lte",
        widget=forms.DateInput({**SMALL, "type": "date"}),
    )
    q = django_filters.CharFilter(
        label=_("Search"),
        method="search",
        widget=forms.TextInput({**SMALL, "type": "search", "placeholder": _("Who, or what was changed")}),
    )

    class Meta:
        model = LogEntry
        fields: ClassVar[list[str]] = []

    def search(self, rows: QuerySet[LogEntry], name: str, value: str) -> QuerySet[LogEntry]:
        for word in value.split():
            rows = rows.filter(Q(object_repr__icontains=word) | Q(actor__email__icontains=word))
        return rows


class AuditLog(PortalPage, ListView):
    """Who changed what, when, through which door, from what to what; by the company's own people and programs."""

    section = "settings"
    setting = "audit-log"
    scope = "uac:users:read"
    template_name = "accounts/audit_log.html"
    context_object_name = "entries"
    paginate_by = ROWS_ON_A_PAGE

    @cached_property
    def filter(self) -> LogFilter:
        rows = LogEntry.objects.filter(actor__in=User.objects.visible_to(self.user))
        ordered = rows.select_related("actor", "content_type").order_by("-timestamp", "-pk")
        return LogFilter(self.request.GET, queryset=ordered, request=self.request)

    def get_queryset(self) -> QuerySet[LogEntry]:
        return self.filter.qs if self.filter.is_valid() else LogEntry.objects.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"filter": self.filter, "told": [(entry, _told(entry)) for entry in context["entries"]]}


def _told(entry: LogEntry) -> list[tuple[str, str, str]]:
    """Each changed field with its value before and after."""
    told = []
    for name, change in sorted((entry.changes or {}).items()):
        if isinstance(change, dict):
            listed = ", ".join(map(str, change.get("objects", [])))
            told.append((name, "", listed) if change.get("operation") == "add" else (name, listed, ""))
        else:
            before, after = change
            told.append((name, "" if before is None else str(before), "" if after is None else str(after)))
    return told

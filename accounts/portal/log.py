"""The settings page with every change to what is the company's: by its people and programs, by staff, and by itself."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar

import django_filters
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, View

from accounts import log_words
from accounts.audited_company import KEY, company_path
from accounts.models import User
from intellimeter.common.local_time import day_start, local_stamp, zone_of
from intellimeter.common.portal.csv_lines import csv_lines
from intellimeter.common.portal.pages import PortalPage

ROWS_ON_A_PAGE = 50
SMALL = {"class": "form-control form-control-sm"}
SELECT = {"class": "form-select form-select-sm"}
DOORS = [
    ("portal", _("The portal")),
    ("api", _("Programs (API)")),
    ("admin", _("Platform administration")),
    ("task", _("Scheduled work")),
    ("command", _("Commands")),
]
HEADINGS = ("time", "who", "through", "action", "kind", "name", "field", "before", "after")


def entries_of(user: User) -> QuerySet[LogEntry]:
    """Every change to what is the user's company's, newest first; nothing for who has no company."""
    if user.company_id is None or not user.is_active:
        return LogEntry.objects.none()
    rows = LogEntry.objects.filter(**{f"additional_data__{KEY}": user.company_id})
    return rows.select_related("actor", "content_type").order_by("-timestamp", "-pk")


def _kinds() -> list[tuple[str, Any]]:
    models = [model for model in auditlog.get_models() if company_path(model)]
    return sorted((model._meta.model_name, capfirst(model._meta.verbose_name)) for model in models)


class LogFilter(django_filters.FilterSet):
    """Entries by the company's days, by who, through which door, and by what was done to what."""

    since = django_filters.DateFilter(
        label=_("From"), method="from_day", widget=forms.DateInput({**SMALL, "type": "date"})
    )
    until = django_filters.DateFilter(label=_("To"), method="to_day", widget=forms.DateInput({**SMALL, "type": "date"}))
    who = django_filters.CharFilter(
        label=_("Who"),
        method="by_whom",
        widget=forms.TextInput({**SMALL, "type": "search", "placeholder": _("Email or program")}),
    )
    through = django_filters.ChoiceFilter(
        label=_("Through"), choices=DOORS, empty_label=_("Any way"), method="by_door", widget=forms.Select(SELECT)
    )
    action = django_filters.ChoiceFilter(
        label=_("Action"),
        choices=[("0", _("Created")), ("1", _("Changed")), ("2", _("Deleted"))],
        empty_label=_("All actions"),
        widget=forms.Select(SELECT),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"),
        choices=_kinds,
        empty_label=_("All kinds"),
        method="of_kind",
        widget=forms.Select(SELECT),
    )
    q = django_filters.CharFilter(
        label=_("What"),
        method="search",
        widget=forms.TextInput({**SMALL, "type": "search", "placeholder": _("Name of what was changed")}),
    )

    class Meta:
        model = LogEntry
        fields: ClassVar[list[str]] = []

    def from_day(self, rows: QuerySet[LogEntry], name: str, day: date) -> QuerySet[LogEntry]:
        return rows.filter(timestamp__gte=day_start(day, self._zone()))

    def to_day(self, rows: QuerySet[LogEntry], name: str, day: date) -> QuerySet[LogEntry]:
        return rows.filter(timestamp__lt=day_start(day + timedelta(days=1), self._zone()))

    def by_whom(self, rows: QuerySet[LogEntry], name: str, value: str) -> QuerySet[LogEntry]:
        for word in value.split():
            rows = rows.filter(
                Q(actor__email__icontains=word)
                | Q(actor_email__icontains=word)
                | Q(additional_data__program__icontains=word)
            )
        return rows

    def by_door(self, rows: QuerySet[LogEntry], name: str, value: str) -> QuerySet[LogEntry]:
        return rows.filter(additional_data__via__startswith=value)

    def of_kind(self, rows: QuerySet[LogEntry], name: str, value: str) -> QuerySet[LogEntry]:
        return rows.filter(content_type__model=value)

    def search(self, rows: QuerySet[LogEntry], name: str, value: str) -> QuerySet[LogEntry]:
        for word in value.split():
            rows = rows.filter(object_repr__icontains=word)
        return rows

    def _zone(self) -> Any:
        return zone_of(self.request.user.company.timezone)


class LogRows(PortalPage):
    """The entries that the filter lets through; those of another company are not among them, whatever it says."""

    section = "settings"
    setting = "audit-log"
    scope = "uac:users:read"

    @cached_property
    def filter(self) -> LogFilter:
        return LogFilter(self.request.GET, queryset=entries_of(self.user), request=self.request)

    def get_queryset(self) -> QuerySet[LogEntry]:
        return self.filter.qs if self.filter.is_valid() else LogEntry.objects.none()

    @property
    def zone(self) -> str:
        """The company's, in which times are told; the page is for people of a company alone."""
        assert self.user.company is not None
        return self.user.company.timezone


class AuditLog(LogRows, ListView):
    """Who changed what, when, through which door, from what to what."""

    template_name = "accounts/audit_log.html"
    context_object_name = "entries"
    paginate_by = ROWS_ON_A_PAGE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        told = [
            (entry, log_words.who(entry), log_words.door(entry), log_words.kind(entry), log_words.changed(entry))
            for entry in context["entries"]
        ]
        return context | {"filter": self.filter, "told": told, "zone": self.zone}


class AuditLogCsv(LogRows, View):
    """The same entries as a file, all of them: a line for each changed field, times in the company's zone."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        lines = csv_lines(HEADINGS, self._cells())
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
        return response

    def _cells(self) -> Iterator[tuple[str, ...]]:
        zone = zone_of(self.zone)
        for entry in self.get_queryset().iterator(chunk_size=1000):
            common = (
                local_stamp(entry.timestamp, zone),
                log_words.who(entry),
                log_words.door(entry),
                entry.get_action_display(),
                log_words.kind(entry),
                entry.object_repr,
            )
            for field in log_words.changed(entry) or [("", "", "")]:
                yield (*common, *field)

"""The figures of charts, as JSON, and the page that compares meters, suites, properties and periods."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from intellimeter.common.errors import DomainError
from intellimeter.common.portal.figures import unit
from intellimeter.common.portal.pages import PortalPage
from metering.models import Property
from metering.portal.lines import LINES_AT_MOST, Line, Shown, choices_of, labels_of, lines_of, shown_by
from metering.portal_selectors import local_today

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2100, 1, 1)
DAY = timedelta(days=1)
DAYS_AT_FIRST = 30


class RangeForm(forms.Form):
    """Whole local days, both included; `before` adds the same lines over the period before."""

    start = forms.DateField(required=False)
    end = forms.DateField(required=False)
    before = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if start and end and not FIRST_DAY <= start <= end <= LAST_DAY:
            self.add_error("end", _("The last day must not be before the first."))
        return data


class Series(PortalPage, View):
    """`{"step", "labels", "series": [{"name", "unit", "data"}]}`: aligned to the labels, null where nothing was read."""

    scope = "meter:reads:read"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        keys = request.GET.getlist("show")
        form = RangeForm(request.GET)
        if not form.is_valid() or not form.cleaned_data["start"] or not form.cleaned_data["end"]:
            return _refusal(_("Ask for a range: start and end as YYYY-MM-DD."))
        if not 1 <= len(keys) <= LINES_AT_MOST:
            return _refusal(_("Ask for 1 to %(most)d lines.") % {"most": LINES_AT_MOST})
        first, last = form.cleaned_data["start"], form.cleaned_data["end"]
        try:
            shown = shown_by(keys, self.user)
        except DomainError as error:
            return _refusal(error.message, error.code)
        step, lines = lines_of(shown, first, last)
        labels = labels_of(step, first, last, lines)
        series = [_drawn(line.shown.name, line, labels) for line in lines]
        if form.cleaned_data["before"]:
            series += _period_before(shown, first, last, len(labels))
        return JsonResponse({"step": step or "read", "labels": labels, "series": series})


def _period_before(shown: list[Shown], first: date, last: date, most: int) -> list[dict[str, Any]]:
    """The same lines over as many days before, step under step."""
    first, last = first - (last + DAY - first), first - DAY
    step, lines = lines_of(shown, first, last)
    labels = labels_of(step, first, last, lines)[:most]
    said = _("%(name)s, the period before")
    return [_drawn(said % {"name": line.shown.name}, line, labels) | {"before": True} for line in lines]


def _refusal(message: str, code: int = 400) -> JsonResponse:
    return JsonResponse({"message": message}, status=code)


def _drawn(name: str, line: Line, labels: list[str]) -> dict[str, Any]:
    """What the browser draws. A picture's floats; the exact figures stand in tables and reports."""
    found = (line.points.get(label) for label in labels)
    data = [None if value is None else float(value) for value in found]
    return {"name": name, "unit": unit(line.shown.utility), "data": data}


class Compare(PortalPage, TemplateView):
    """Meters, suites and properties beside each other, over any time. What is shown is in the address."""

    section = "compare"
    scope = "meter:reads:read"
    template_name = "metering/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = RangeForm(self.request.GET)
        form.is_valid()
        properties = Property.objects.visible_to(self.user)
        wanted = self.request.GET.get("property")
        property = get_object_or_404(properties, public_id=wanted) if wanted else properties.first()
        shown = self._shown()
        query = {"show": [one.key for one in shown]} | ({"before": "on"} if form.cleaned_data.get("before") else {})
        return super().get_context_data(**kwargs) | {
            "properties": properties,
            "property": property,
            "choices": choices_of(property) if property else [],
            "shown": shown,
            "source": f"{reverse('series')}?{urlencode(query, doseq=True)}",
            "most": LINES_AT_MOST,
            "errors": form.errors,
            "before": form.cleaned_data.get("before", False),
            **self._range(form.cleaned_data),
        }

    def _shown(self) -> list[Any]:
        keys = self.request.GET.getlist("show")[:LINES_AT_MOST]
        try:
            return shown_by(keys, self.user)
        except DomainError:
            return []

    def _range(self, asked: dict[str, Any]) -> dict[str, date]:
        assert self.user.company is not None  # the page is for people of a company
        end = asked.get("end") or local_today(self.user.company.timezone, timezone.now())
        return {"start": asked.get("start") or end - (DAYS_AT_FIRST - 1) * DAY, "end": end}

"""The figures of charts, as JSON, and the page that compares meters, suites, properties and periods."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.models import User
from intellimeter.common.errors import DomainError
from intellimeter.common.portal.figures import DAY as DAY_FORMAT
from intellimeter.common.portal.figures import number, unit
from intellimeter.common.portal.pages import PortalPage
from metering.consumption import Step
from metering.models import Property
from metering.portal.lines import LINES_AT_MOST, Shown, choices_of, shown_by
from metering.portal.pictures import Against, Drawn, Picture, picture_of, total
from metering.portal_selectors import DAYS_SHOWN, local_today

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2100, 1, 1)
DAY = timedelta(days=1)


class RangeForm(forms.Form):
    """Whole local days, both included; `against` adds the same lines over an earlier range."""

    start = forms.DateField(required=False)
    end = forms.DateField(required=False)
    against = forms.ChoiceField(choices=Against.choices, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if start and end and not FIRST_DAY <= start <= end <= LAST_DAY:
            self.add_error("end", _("The last day must not be before the first."))
        return data


def chart_of(keys: list[str], query: QueryDict, today: date) -> dict[str, Any]:
    """What a page with a chart of these lines shows: the range of its address, else the 30 days up to today."""
    form = RangeForm(query)
    asked = form.cleaned_data if form.is_valid() else {}
    end = asked.get("end") or max(today, asked.get("start") or today)
    lines = urlencode({"show": keys}, doseq=True)
    return {
        "source": f"{reverse('series')}?{lines}",
        "shown_lines": lines,
        "start": asked.get("start") or end - (DAYS_SHOWN - 1) * DAY,
        "end": end,
        "today": today,
        "against": asked.get("against", ""),
        "againsts": Against.choices,
        "errors": form.errors,
    }


def asked_picture(query: QueryDict, user: User) -> tuple[Picture, date, date]:
    """The picture that an address asks for, and its first and last day. DomainError: what is wrong with it."""
    keys, form = query.getlist("show"), RangeForm(query)
    if not form.is_valid() or not form.cleaned_data["start"] or not form.cleaned_data["end"]:
        raise DomainError(_("Ask for a range: start and end as YYYY-MM-DD."))
    if not 1 <= len(keys) <= LINES_AT_MOST:
        raise DomainError(_("Ask for 1 to %(most)d lines.") % {"most": LINES_AT_MOST})
    first, last, against = (form.cleaned_data[name] for name in ("start", "end", "against"))
    return picture_of(shown_by(keys, user), first, last, Against(against) if against else None), first, last


class Series(PortalPage, View):
    """`{"step", "said", "labels", "series": [{"name", "unit", "data", "total"}]}`: aligned to the labels, null where nothing
    was read. An earlier range's series come after those that they stand under, in the same order, with its name as `before`."""

    scope = "meter:reads:read"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            picture, first, last = asked_picture(request.GET, self.user)
        except DomainError as error:
            return JsonResponse({"message": error.message}, status=error.code)
        against = request.GET.get("against")
        series = [_drawn(line.shown.name, line, line.figures) for line in picture.lines]
        if against:
            said = _("%(name)s, %(against)s")
            label = Against(against).label
            series += [
                _drawn(said % {"name": line.shown.name, "against": label}, line, line.earlier or []) | {"before": label}
                for line in picture.lines
            ]
        return JsonResponse(
            {
                "step": picture.step or "read",
                "said": _said(picture.step, first, last, Against(against) if against else None),
                "labels": picture.labels,
                "series": series,
            }
        )


def _drawn(name: str, line: Drawn, figures: list[Decimal | None]) -> dict[str, Any]:
    """What the browser draws. A picture's floats; the exact figures are in what is downloaded."""
    data = [None if value is None else float(value) for value in figures]
    measure = unit(line.shown.utility)
    in_all = total(figures)
    said = _("nothing read") if in_all is None else f"{number(in_all)} {measure}"
    return {"name": name, "unit": measure, "data": data, "total": said}


def _said(step: Step | None, first: date, last: date, against: Against | None) -> str:
    """What is shown, in words."""
    steps = {None: _("each read"), Step.HOUR: _("by hour"), Step.DAY: _("by day"), Step.MONTH: _("by month")}
    if against is None:
        return _("%(days)s, %(step)s.") % {"days": _days(first, last), "step": steps[step]}
    return _("%(days)s, %(step)s, against %(before)s.") % {
        "days": _days(first, last),
        "step": steps[step],
        "before": _days(*against.range(first, last)),
    }


def _days(first: date, last: date) -> str:
    begin, end = date_format(first, DAY_FORMAT), date_format(last, DAY_FORMAT)
    return begin if first == last else f"{begin} – {end}"


class Compare(PortalPage, TemplateView):
    """Meters, suites and properties beside each other, over any time. What is shown is in the address."""

    section = "compare"
    scope = "meter:reads:read"
    template_name = "metering/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.user.company is not None  # the page is for people of a company
        properties = Property.objects.visible_to(self.user)
        wanted = self.request.GET.get("property")
        property = get_object_or_404(properties, public_id=wanted) if wanted else properties.first()
        shown = self._shown()
        today = local_today(self.user.company.timezone, timezone.now())
        return (
            super().get_context_data(**kwargs)
            | {
                "properties": properties,
                "property": property,
                "choices": choices_of(property) if property else [],
                "shown": shown,
                "most": LINES_AT_MOST,
            }
            | chart_of([one.key for one in shown], self.request.GET, today)
        )

    def _shown(self) -> list[Shown]:
        keys = self.request.GET.getlist("show")[:LINES_AT_MOST]
        try:
            return shown_by(keys, self.user)
        except DomainError:
            return []

"""The reports on screen and as files. What is asked for is in the address, so that it can be kept and sent on."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from intellimeter.common.portal.pages import PortalPage
from metering.models import Property
from metering.portal.lines import LINES_AT_MOST
from metering.portal_selectors import local_today
from reporting.api.answers import streamed
from reporting.exporters import FORMATS, Wishes
from reporting.portal.report_form import REPORTS, ReportForm
from reporting.portal.report_table import ROWS_SHOWN, preview_of
from reporting.reports import REPORTS as MADE
from reporting.request import ReportRequest

DAYS_AT_FIRST = 30


class ReportPage(PortalPage, View):
    """What the page and its files share: whoever may have one of the reports may open it, and that one alone."""

    section = "reports"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.company_id is not None:
            asked = request.GET.get("report")
            scopes = {name: scope for name, _label, scope in REPORTS}
            wanted = [scopes[asked]] if asked in scopes else list(scopes.values())
            if not any(request.user.may(scope) for scope in wanted):
                raise PermissionDenied(_("This report is not for you."))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def property(self) -> Property | None:
        """The property whose meters are offered; an unknown one is not found."""
        properties = Property.objects.visible_to(self.user).order_by("display_name", "pk")
        asked = self.request.GET.get("property")
        return get_object_or_404(properties, public_id=asked) if asked else properties.first()

    def form(self, chosen: Property) -> ReportForm:
        """Filled in by the address; what that leaves out, and all at first, is the last 30 days of all meters by day."""
        last = local_today(chosen.timezone, timezone.now())
        first = {
            "property": chosen.public_id,
            "listed": chosen.public_id,
            "start": (last - timedelta(days=DAYS_AT_FIRST - 1)).isoformat(),
            "end": last.isoformat(),
            "interval": "day",
        }
        bound = self.request.GET.copy() if "report" in self.request.GET else None
        if bound is not None:
            if bound.get("listed", chosen.public_id) != chosen.public_id:
                bound.setlist("meters", [])  # another property was chosen: what was ticked is not among its meters
            bound["listed"] = chosen.public_id
            for name, value in first.items():
                bound.setdefault(name, value)
        return ReportForm(bound, user=self.user, chosen=chosen, initial=first)


class Reports(ReportPage):
    """A report's first rows, its chart where its meters are few, and links to the whole of it in each format."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context: dict[str, Any] = {"view": self, "property": self.property}
        status = 200
        if self.property is not None:
            form = self.form(self.property)
            context["form"] = form
            if form.is_bound and form.is_valid():
                context |= self._shown(form)
            elif form.is_bound:
                status = 422
        return render(request, "reporting/reports.html", context, status=status)

    def _shown(self, form: ReportForm) -> dict[str, Any]:
        asked, name = form.request(), form.cleaned_data["report"]
        address = f"{reverse('report-file')}?{self.request.GET.urlencode()}"
        return {
            "title": next(label for one, label, _scope in REPORTS if one == name),
            "preview": preview_of(MADE[name](asked)),
            "most": ROWS_SHOWN,
            "start": form.cleaned_data["start"],
            "end": form.cleaned_data["end"],
            "files": [(format, f"{address}&type={format}") for format in sorted(FORMATS)],
            "source": self._chart(asked),
        }

    def _chart(self, asked: ReportRequest) -> str:
        """Where the chart's figures are; none where the meters are too many for one picture."""
        if not 1 <= len(asked.meters) <= LINES_AT_MOST or not self.user.may("meter:reads:read"):
            return ""
        keys = [f"meter-{meter.cells[0]}" for meter in asked.meters]
        return f"{reverse('series')}?{urlencode({'show': keys}, doseq=True)}"


class ReportFile(ReportPage):
    """The whole report in one of the formats; where the address asks for nothing sensible, the page says what is wrong."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        format = request.GET.get("type", "").upper()
        form = self.form(self.property) if self.property else None
        if form is None or format not in FORMATS or not form.is_valid():
            return redirect(f"{reverse('reports')}?{request.GET.urlencode()}")
        name, data = form.cleaned_data["report"], form.cleaned_data
        filename = f"{name}_{data['start']}_{data['end']}"
        return streamed(MADE[name](form.request()), FORMATS[format], Wishes(name), filename)

"""`/reports/…`: a report over some meters of a property (reference, Reports)."""

import builtins
from collections.abc import Iterator
from itertools import islice
from typing import Any, ClassVar

from django.http.response import HttpResponseBase
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request

from intellimeter.common.api.fields import is_public_id
from intellimeter.common.documents.table import Table
from intellimeter.common.local_time import zone_of
from metering.api.base import PropertyViewSet
from metering.models import Meter
from reporting.api import described
from reporting.api.answers import streamed
from reporting.api.parameters import parameters
from reporting.exporters import FORMATS, Wishes
from reporting.reports import REPORTS
from reporting.request import ReportMeter, ReportRequest, report_meters

NAMED_AT_MOST = 20
ANSWER = "RAW"
"""The format that is the answer itself rather than a file, and so can be had by pages."""


class ReportViewSet(PropertyViewSet):
    """A report by its name; which meters of the property it covers, `ids` says."""

    report: ClassVar[str]
    with_step: ClassVar[bool] = False
    one_day: ClassVar[bool] = False
    meters: list[ReportMeter] | None = None
    """The meters that `ids` names; None where it names none."""

    def resolve(self) -> None:
        """Find the meters before any other parameter is judged: unknown ids are a 404 that names them."""
        super().resolve()
        text = self.request.query_params.get("ids")
        if text is not None:
            self.meters = self._meters_of(text)

    def _meters_of(self, text: str) -> "builtins.list[ReportMeter] | None":
        meters = Meter.objects.visible_to(self.request.user).filter(property=self.property)
        if text.strip().lower() == "all":
            return report_meters(meters)
        wanted = {part.strip() for part in text.split(",") if part.strip()}
        if not wanted:
            return None
        found = report_meters(meters.filter(public_id__in=[name for name in wanted if is_public_id(name)]))
        if missing := sorted(wanted - {meter.cells[0] for meter in found}):
            more = f" and {len(missing) - NAMED_AT_MOST} more" if len(missing) > NAMED_AT_MOST else ""
            named = ", ".join(name[:40] for name in missing[:NAMED_AT_MOST])
            raise NotFound(f"The property has no meter with the id {named}{more}.")
        return found

    def list(self, request: Request) -> HttpResponseBase:
        assert self.property is not None
        if self.meters is None:
            raise ValidationError({"ids": ["Is required: ids of meters with commas between them, or all."]})
        zone = zone_of(self.property.timezone)
        asked = parameters(request.query_params.dict(), zone, with_step=self.with_step, one_day=self.one_day)
        start, end = asked.start.instant, asked.end.instant
        table = REPORTS[self.report](ReportRequest(self.property, self.meters, start, end, asked.step))
        page = self.paginate_queryset(PagedTable(table)) if asked.format == ANSWER else None  # type: ignore[arg-type]
        if page is not None:
            return self.get_paginated_response(page)
        wishes = Wishes(self.report, asked.pretty, asked.table_name)
        filename = f"{self.report}_{asked.start.label}_{asked.end.label}"
        return streamed(table, FORMATS[asked.format], wishes, filename)


class PagedTable:
    """A table's rows as objects, counted and cut by walking through them."""

    def __init__(self, table: Table):
        self._table = table

    def __len__(self) -> int:
        return sum(len(block) for block in self._table.make_blocks())

    def __getitem__(self, part: slice) -> Iterator[dict[str, Any]]:
        names = [column.name for column in self._table.columns]
        return (dict(zip(names, row, strict=True)) for row in islice(self._table, part.start, part.stop))


class PeriodConsumptionViewSet(ReportViewSet):
    report = "period-consumption"
    described = described.PERIOD_CONSUMPTION
    scopes = {"list": "report:reading:period"}


class SingleGrandTotalViewSet(ReportViewSet):
    report = "single-grand-total"
    one_day = True
    described = described.SINGLE_GRAND_TOTAL
    scopes = {"list": "report:reading:single"}


class DailyGrandTotalViewSet(ReportViewSet):
    report = "daily-grand-total"
    described = described.DAILY_GRAND_TOTAL
    scopes = {"list": "report:reading:daily"}


class IntervalViewSet(ReportViewSet):
    report = "interval"
    described = described.INTERVAL_REPORT
    with_step = True
    scopes = {"list": "report:reading:interval"}

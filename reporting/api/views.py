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
from reporting.api.parameters import parameters
from reporting.exporters import EXPORTERS, Wishes
from reporting.exporters.raw import objects
from reporting.reports import REPORTS
from reporting.request import ReportRequest

NAMED_AT_MOST = 20


class ReportViewSet(PropertyViewSet):
    """A report by its name; which meters of the property it covers, `ids` says."""

    report: ClassVar[str]
    with_step: ClassVar[bool] = False
    meters: list[Meter] | None = None
    """The meters that `ids` names; None where it names none."""

    def resolve(self) -> None:
        """Find the meters before any other parameter is judged: unknown ids are a 404 that names them."""
        super().resolve()
        text = self.request.query_params.get("ids")
        if text is not None:
            self.meters = self._meters_of(text)

    def _meters_of(self, text: str) -> "builtins.list[Meter] | None":
        meters = Meter.objects.visible_to(self.request.user).filter(property=self.property)
        meters = meters.with_current_suite().select_related("property")
        if text.strip().lower() == "all":
            return list(meters)
        wanted = {part.strip() for part in text.split(",") if part.strip()}
        if not wanted:
            return None
        found = list(meters.filter(public_id__in=[name for name in wanted if is_public_id(name)]))
        if missing := sorted(wanted - {meter.public_id for meter in found}):
            more = f" and {len(missing) - NAMED_AT_MOST} more" if len(missing) > NAMED_AT_MOST else ""
            named = ", ".join(name[:40] for name in missing[:NAMED_AT_MOST])
            raise NotFound(f"The property has no meter with the id {named}{more}.")
        return found

    def list(self, request: Request) -> HttpResponseBase:
        assert self.property is not None
        if self.meters is None:
            raise ValidationError({"ids": ["Is required: ids of meters with commas between them, or all."]})
        asked = parameters(request.query_params.dict(), zone_of(self.property.timezone), with_step=self.with_step)
        table = REPORTS[self.report](ReportRequest(self.property, self.meters, asked.start, asked.end, asked.step))
        page = self.paginate_queryset(PagedTable(table))  # type: ignore[arg-type] # has what paging asks of rows
        if page is not None:
            return self.get_paginated_response(page)
        return EXPORTERS[asked.format](table, Wishes(pretty=asked.pretty))


class PagedTable:
    """A table's rows as objects, counted and cut by walking through them."""

    def __init__(self, table: Table):
        self._table = table

    def __len__(self) -> int:
        return sum(1 for _row in self._table)

    def __getitem__(self, part: slice) -> Iterator[dict[str, Any]]:
        return islice(objects(self._table), part.start, part.stop)


class PeriodConsumptionViewSet(ReportViewSet):
    report = "period-consumption"
    scopes = {"list": "report:reading:period"}


class IntervalViewSet(ReportViewSet):
    report = "interval"
    with_step = True
    scopes = {"list": "report:reading:interval"}

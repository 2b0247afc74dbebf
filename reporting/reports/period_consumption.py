"""The consumption of each meter over the whole range, with the registers at both ends of it."""

from collections.abc import Iterator
from datetime import datetime

from intellimeter.common.documents.table import Cell, Column, Kind, Table
from metering.consumption import MeterUse, RegisterAt, meter_use
from reporting.reports import REPORTS
from reporting.reports.meter_columns import METER_COLUMNS, meter_cells
from reporting.request import ReportRequest

COLUMNS = (
    *METER_COLUMNS,
    Column("start", Kind.TIME),
    Column("end", Kind.TIME),
    Column("start_read", Kind.NUMBER),
    Column("end_read", Kind.NUMBER),
    Column("consumption", Kind.NUMBER),
)


@REPORTS.register("period-consumption")
def period_consumption(request: ReportRequest) -> Table:
    """A row a meter. `start` and `end` are the range's bounds in local time; of a bare end date, the midnight after it."""
    return Table(COLUMNS, lambda: _rows(request))


def _rows(request: ReportRequest) -> Iterator[tuple[Cell, ...]]:
    start, end = (_local(bound, request) for bound in (request.start, request.end))
    uses = meter_use([meter.pk for meter in request.meters], request.start, request.end)
    for meter in request.meters:
        yield (*meter_cells(meter), start, end, *_figures(uses[meter.pk]))


def _local(instant: datetime, request: ReportRequest) -> datetime:
    return instant.astimezone(request.zone).replace(tzinfo=None)


def _figures(use: MeterUse) -> tuple[Cell, Cell, Cell]:
    """Nothing for a meter without a read in the range: an old register says nothing of it."""
    if not use.reads:
        return None, None, None
    return _register(use.start), _register(use.end), use.consumption


def _register(at: RegisterAt | None) -> Cell:
    return None if at is None else at.register

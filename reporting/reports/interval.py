"""The consumption of each meter by local hour, day, month or year."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from intellimeter.common.documents.table import Block, Column, Kind, Table
from metering.consumption import Step, figures_by_step
from reporting.reports import REPORTS
from reporting.reports.meter_columns import METER_COLUMNS
from reporting.request import ReportRequest

COLUMNS = (Column("time_stamping"), *METER_COLUMNS, Column("consumption", Kind.NUMBER))
STAMPS = {Step.HOUR: "%Y-%m-%dT%H", Step.DAY: "%Y-%m-%d", Step.MONTH: "%Y-%m", Step.YEAR: "%Y"}


@REPORTS.register("interval")
def interval(request: ReportRequest) -> Table:
    """A row for each step and each meter with a read in it, stamped with the step's start, cut to what the step is.

    The hour that a clock change repeats gives two rows with the same stamp, in order.
    """
    return Table(COLUMNS, lambda: _blocks(request, request.step or Step.DAY))


def _blocks(request: ReportRequest, step: Step) -> Iterator[Block]:
    cells = {meter.pk: meter.cells for meter in request.meters}
    for figures in figures_by_step(list(cells), request.start, request.end, step, request.zone):
        stamp = _stamp(figures.step, step, request.zone)
        yield Block((stamp,), [cells[meter] for meter in figures.meters], (figures.millionths,))


def _stamp(begin: date | datetime, step: Step, zone: ZoneInfo) -> str:
    local = begin.astimezone(zone) if isinstance(begin, datetime) else begin
    return local.strftime(STAMPS[step])

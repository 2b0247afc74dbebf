"""The register of each meter at its last read of one local day."""

from collections.abc import Iterator

from intellimeter.common.documents.table import Block, Column, Kind, Stored, Table
from metering.consumption import registers_by_day
from reporting.reports import REPORTS
from reporting.reports.meter_columns import METER_COLUMNS
from reporting.request import ReportRequest

COLUMNS = (*METER_COLUMNS, Column("time_stamping", Kind.TIME), Column("grand_total", Kind.NUMBER))


@REPORTS.register("single-grand-total")
def single_grand_total(request: ReportRequest) -> Table:
    """A row a meter, with nulls where the day has no read of it; the range lies within one day."""
    return Table(COLUMNS, lambda: _blocks(request))


def _blocks(request: ReportRequest) -> Iterator[Block]:
    totals: dict[int, tuple[Stored, Stored]] = {}
    for day in registers_by_day([meter.pk for meter in request.meters], request.start, request.end, request.zone):
        for meter, time, millionths in zip(day.meters, day.times, day.millionths, strict=True):
            totals[meter] = None if time is None else request.local(time), millionths
    rows = [totals.get(meter.pk, (None, None)) for meter in request.meters]
    if rows:
        yield Block((), [meter.cells for meter in request.meters], tuple(zip(*rows, strict=True)))

"""The register of each meter at its last read of each local day."""

from collections.abc import Iterator
from functools import lru_cache

from intellimeter.common.documents.table import Block, Column, Kind, Table
from metering.consumption import registers_by_day
from reporting.reports import REPORTS
from reporting.reports.meter_columns import METER_COLUMNS
from reporting.request import ReportRequest

COLUMNS = (
    Column("date", Kind.DATE),
    *METER_COLUMNS,
    Column("time_stamping", Kind.TIME),
    Column("grand_total", Kind.NUMBER),
)


@REPORTS.register("daily-grand-total")
def daily_grand_total(request: ReportRequest) -> Table:
    """A row for each day and each meter with a read in it; a register that was never accepted (an outlier) is no total.

    Of a day that the range cuts, the last read within the range counts.
    """
    return Table(COLUMNS, lambda: _blocks(request))


def _blocks(request: ReportRequest) -> Iterator[Block]:
    cells = {meter.pk: meter.cells for meter in request.meters}
    local = lru_cache(maxsize=4096)(request.local)
    for found in registers_by_day(list(cells), request.start, request.end, request.zone):
        times = [None if time is None else local(time) for time in found.times]
        yield Block((found.day,), [cells[meter] for meter in found.meters], (times, found.millionths))

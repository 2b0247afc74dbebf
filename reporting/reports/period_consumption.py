"""The consumption of each meter over the whole range, with the registers at both ends of it."""

from collections.abc import Iterator

from intellimeter.common.documents.table import Block, Column, Kind, Table
from metering.consumption import range_figures
from reporting.reports import REPORTS
from reporting.reports.meter_columns import METER_COLUMNS
from reporting.request import ReportRequest

COLUMNS = (
    *METER_COLUMNS,
    Column("start", Kind.TIME),
    Column("end", Kind.TIME),
    Column("start_read", Kind.NUMBER),
    Column("end_read", Kind.NUMBER),
    Column("consumption", Kind.NUMBER),
)
NOTHING = (None, None, None)


@REPORTS.register("period-consumption")
def period_consumption(request: ReportRequest) -> Table:
    """A row a meter. `start` and `end` are the range's bounds in local time; of a bare end date, the midnight after it."""
    return Table(COLUMNS, lambda: _blocks(request))


def _blocks(request: ReportRequest) -> Iterator[Block]:
    """Nothing but the bounds for a meter without a read in the range: an old register says nothing of it."""
    if not request.meters:
        return
    found = range_figures([meter.pk for meter in request.meters], request.start, request.end, request.zone)
    figures = dict(zip(found.meters, zip(found.start, found.end, found.consumption, strict=True), strict=True))
    columns = zip(*(figures.get(meter.pk, NOTHING) for meter in request.meters), strict=True)
    bounds = ([request.local(bound)] * len(request.meters) for bound in (request.start, request.end))
    yield Block((), [meter.cells for meter in request.meters], (*bounds, *columns))

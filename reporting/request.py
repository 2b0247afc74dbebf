"""What a report is asked for, once its parameters are understood."""

import builtins
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import FilteredRelation, Q, QuerySet

from intellimeter.common.local_time import zone_of
from metering.consumption import Step
from metering.enums import Utility
from metering.models import Meter, Property

UNITS = {str(utility): utility.unit for utility in Utility}


class ReportMeter(NamedTuple):
    """A meter by its primary key and its cells: id, name, serial number, id and name of the suite that it serves now (null
    where none), utility and units."""

    pk: int
    cells: tuple[str | None, ...]


def report_meters(meters: QuerySet[Meter]) -> list[ReportMeter]:
    """The meters in the order of their names, which is one order on every database, whatever its collation. One query."""
    current = FilteredRelation("assignments", condition=Q(assignments__end=None))
    rows = (
        meters.annotate(current=current)
        .order_by()
        .values_list(
            "pk", "public_id", "name", "serial_number", "current__suite__public_id", "current__suite__name", "utility"
        )
    )
    return [ReportMeter(pk, (*cells, UNITS[str(cells[-1])])) for pk, *cells in sorted(rows, key=itemgetter(2))]


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """A property's meters, in the order of their names and with the suite each serves, over (start, end] in UTC.

    `step` is what the interval report counts by; other reports have none.
    """

    property: Property
    meters: Sequence[ReportMeter]
    start: datetime
    end: datetime
    step: Step | None = None

    @builtins.property  # the plain name is the field's here
    def zone(self) -> ZoneInfo:
        """The zone that the property's days and hours are of."""
        return zone_of(self.property.timezone)

    def local(self, instant: datetime) -> datetime:
        """The local time of an instant, as cells of tables have it."""
        return instant.astimezone(self.zone).replace(tzinfo=None)

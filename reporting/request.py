"""What a report is asked for, once its parameters are understood."""

import builtins
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from intellimeter.common.local_time import zone_of
from metering.consumption import Step
from metering.models import Meter, Property


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """A property's meters, in the order of their names and with the suite each serves, over (start, end] in UTC.

    `step` is what the interval report counts by; other reports have none.
    """

    property: Property
    meters: Sequence[Meter]
    start: datetime
    end: datetime
    step: Step | None = None

    @builtins.property  # the plain name is the field's here
    def zone(self) -> ZoneInfo:
        """The zone that the property's days and hours are of."""
        return zone_of(self.property.timezone)

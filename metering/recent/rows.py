"""What `GET /read` answers with, before it is written as JSON. Registers and intervals are in the meter's unit."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from metering.enums import Utility
from metering.models import Meter, Property, Suite


class Reading(NamedTuple):
    """A stored read; a model's instance would take most of the time that half a million of them take."""

    meter: int
    time: datetime
    register: Decimal | None
    interval: Decimal | None
    flag: int


@dataclass(frozen=True, slots=True)
class MeterRow:
    """One read of a meter with its own points."""

    meter: Meter
    time: datetime
    register: Decimal | None
    interval: Decimal | None
    points: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Total:
    """Of a group's meters of one utility at an instant.

    `register` adds each meter's newest accepted register up to the instant (None: none of them has any yet), `interval`
    the intervals of the reads at it.
    """

    register: Decimal | None
    interval: Decimal


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A suite or a property at an instant. A utility that the group has no meter of is not among its totals."""

    group: Suite | Property
    time: datetime
    totals: dict[Utility, Total]

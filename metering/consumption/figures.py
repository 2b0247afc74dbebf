"""What questions about consumption are answered with. Consumption and registers are in the meter's unit (kWh or m³)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from metering.enums import Utility


@dataclass(frozen=True, slots=True)
class RegisterAt:
    """An accepted register and the instant (UTC) at which it was read."""

    time: datetime
    register: Decimal


@dataclass(frozen=True, slots=True)
class MeterUse:
    """A meter's consumption in a range (start, end].

    `reads` counts the reads in it and `flagged` those for review (outliers and resets). `start` and `end` are the last
    accepted registers at or before the bounds, None where there is none; unless the meter rolled over or was replaced,
    they differ by the consumption.
    """

    consumption: Decimal
    reads: int
    flagged: int
    start: RegisterAt | None
    end: RegisterAt | None


@dataclass(frozen=True, slots=True)
class MeterName:
    """How a document names a meter."""

    id: int
    name: str
    serial_number: str
    utility: Utility


@dataclass(frozen=True, slots=True)
class SuiteMeterUse:
    """What one meter measured for a suite in (start, end], the part of the range in which it served the suite."""

    meter: MeterName
    start: datetime
    end: datetime
    use: MeterUse


@dataclass(frozen=True, slots=True)
class StepUse:
    """A meter's consumption in one step: an hour (`step` is the instant at which it begins), or a local day, month or
    year (`step` is its first day)."""

    step: date | datetime
    meter: int
    consumption: Decimal

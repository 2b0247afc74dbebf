"""What questions about consumption are answered with. Consumption and registers are in the meter's unit (kWh or m³)."""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class StepFigures:
    """What meters used in one step, side by side and in whole millionths of their units; `step` as in `StepUse`."""

    step: date | datetime
    meters: Sequence[int]
    millionths: Sequence[int]


@dataclass(frozen=True, slots=True)
class DayRegisters:
    """The last accepted registers of meters in one local day, side by side: the instants (UTC) at which they were read, and
    the registers in whole millionths; None for both where the day's reads have no accepted register."""

    day: date
    meters: Sequence[int]
    times: Sequence[datetime | None]
    millionths: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class RangeFigures:
    """What meters used in a range (start, end], and their last accepted registers at or before its bounds (None where there
    is none), side by side and in whole millionths; meters without a read in the range are left out."""

    meters: Sequence[int]
    consumption: Sequence[int]
    start: Sequence[int | None]
    end: Sequence[int | None]

"""Which meters add up to a suite or a property (decisions, section 6)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from metering.consumption import counted_meters
from metering.models import Meter, MeterSuite, Property, Suite

Members = Mapping[int, Suite | Property]
"""The group of each meter that has one, by the meter's primary key."""


class Grouping(Protocol):
    """How meters are put together, which may change with time. `meters` are all that ever belong to a group."""

    @property
    def meters(self) -> Collection[int]: ...

    def now(self) -> Members:
        """Which group each meter is in at present."""
        ...

    def at(self, instant: datetime) -> Members:
        """Which group each meter was in for reads at the instant."""
        ...

    def change_after(self, instant: datetime) -> datetime | None:
        """The next instant after which `at` answers differently; None if it never does."""
        ...


@dataclass(frozen=True)
class ByProperty:
    """A property's general meters of a utility where it has any, else all its other meters of it."""

    members: Members

    @classmethod
    def of(cls, meters: Iterable[Meter]) -> "ByProperty":
        return cls({meter.pk: meter.property for meter in counted_meters(meters)})

    @property
    def meters(self) -> Collection[int]:
        return self.members

    def now(self) -> Members:
        return self.members

    def at(self, instant: datetime) -> Members:
        return self.members

    def change_after(self, instant: datetime) -> datetime | None:
        return None


class BySuite:
    """The suite that a meter served at the time."""

    def __init__(self, assignments: Iterable[MeterSuite]):
        self._of_meter: dict[int, list[MeterSuite]] = defaultdict(list)
        for row in assignments:
            self._of_meter[row.meter_id].append(row)
        self.meters = frozenset(self._of_meter)
        rows = [row for rows in self._of_meter.values() for row in rows]
        self._changes = sorted({bound for row in rows for bound in (row.start, row.end) if bound is not None})

    def now(self) -> Members:
        return {row.meter_id: row.suite for rows in self._of_meter.values() for row in rows if row.end is None}

    def at(self, instant: datetime) -> Members:
        return {
            row.meter_id: row.suite
            for rows in self._of_meter.values()
            for row in rows
            if (row.start is None or row.start < instant) and (row.end is None or instant <= row.end)
        }

    def change_after(self, instant: datetime) -> datetime | None:
        return next((change for change in self._changes if change >= instant), None)

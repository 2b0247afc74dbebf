"""A group's registers and intervals, instant by instant, from its meters' reads in the order of time.

Pure: the reads come in and rows go out; what is held is one register a meter and one sum a group.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from metering.enums import Flag, Utility
from metering.models import Meter, Property, Suite
from metering.recent.groups import Grouping, Members
from metering.recent.rows import GroupRow, Reading, Total

Key = tuple[int, Utility]
"""A group's primary key and a utility."""


class _Sums:
    """The sum of the newest registers of each group's meters, kept up as registers change."""

    def __init__(self, utilities: Mapping[int, Utility], members: Members, registers: Mapping[int, Decimal]):
        self.members = members
        self._utilities = utilities
        self.registers: dict[Key, Decimal | None] = {}
        self.of_group: dict[int, list[Utility]] = defaultdict(list)
        for meter, group in members.items():
            key = (group.pk, utilities[meter])
            if key not in self.registers:
                self.registers[key] = None
                self.of_group[group.pk].append(utilities[meter])
            if meter in registers:
                self._add(key, registers[meter])

    def replace(self, meter: int, old: Decimal | None, new: Decimal) -> None:
        """The meter's newest register is another one now."""
        if meter in self.members:
            self._add((self.members[meter].pk, self._utilities[meter]), new - (old or Decimal(0)))

    def _add(self, key: Key, register: Decimal) -> None:
        self.registers[key] = (self.registers[key] or Decimal(0)) + register

    def row(self, group: Suite | Property, time: datetime, intervals: Mapping[Key, Decimal]) -> GroupRow:
        """The group as it stands."""
        found = {
            utility: Total(self.registers[group.pk, utility], intervals.get((group.pk, utility), Decimal(0)))
            for utility in sorted(self.of_group[group.pk])
        }
        return GroupRow(group, time, found)


def rows_by_instant(
    reads: Iterable[Reading], grouping: Grouping, meters: Iterable[Meter], registers: dict[int, Decimal]
) -> Iterator[GroupRow]:
    """A row for each instant and each group that has a read at it, oldest first, then by the groups' names.

    `reads` come in the order of time; `registers` are the meters' newest before the first of them.
    """
    utilities = {meter.pk: Utility(meter.utility) for meter in meters}
    sums: _Sums | None = None
    change: datetime | None = None
    for time, batch in groupby(reads, key=attrgetter("time")):
        if sums is None or (change is not None and time > change):
            sums = _Sums(utilities, grouping.at(time), registers)
            change = grouping.change_after(time)
        intervals: dict[Key, Decimal] = defaultdict(Decimal)
        groups: dict[int, Suite | Property] = {}
        for read in batch:
            if read.register is not None and read.flag != Flag.OUTLIER:
                sums.replace(read.meter, registers.get(read.meter), read.register)
                registers[read.meter] = read.register
            if group := sums.members.get(read.meter):
                groups[group.pk] = group
                intervals[group.pk, utilities[read.meter]] += read.interval or Decimal(0)
        for group in sorted(groups.values(), key=lambda group: (str(group), group.pk)):
            yield sums.row(group, time, intervals)


def newest_rows(
    newest: Mapping[int, "tuple[datetime, Decimal | None, Decimal | None]"], members: Members, meters: Iterable[Meter]
) -> Iterator[GroupRow]:
    """One row a group: each of its meters' newest reads added up, at the time of the newest of them.

    `newest` has a meter's time, accepted register and interval; groups without any read have no row.
    """
    utilities = {meter.pk: Utility(meter.utility) for meter in meters}
    registers = {meter: register for meter, (_time, register, _interval) in newest.items() if register is not None}
    sums = _Sums(utilities, members, registers)
    intervals: dict[Key, Decimal] = defaultdict(Decimal)
    times: dict[int, datetime] = {}
    groups: dict[int, Suite | Property] = {}
    for meter, group in members.items():
        if meter in newest:
            time, _register, interval = newest[meter]
            groups[group.pk] = group
            times[group.pk] = max(time, times.get(group.pk, time))
            intervals[group.pk, utilities[meter]] += interval or Decimal(0)
    for group in sorted(groups.values(), key=lambda group: (str(group), group.pk)):
        yield sums.row(group, times[group.pk], intervals)

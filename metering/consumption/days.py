"""What registers said at the end of each local day, in the order of time and without holding it all."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from intellimeter.common.fields import to_millionths
from intellimeter.common.local_time import day_of
from metering.consumption.columns import buckets, instant_of
from metering.consumption.figures import DayRegisters, MeterUse
from metering.consumption.meters import uses_of
from metering.consumption.spans import DAYS, Level, whole
from metering.consumption.sums import Window


def registers_by_day(
    meter_ids: Sequence[int], start: datetime, end: datetime, zone: ZoneInfo
) -> Iterator[DayRegisters]:
    """The last accepted register of each meter in each local day of (start, end], by day and then in the order of the ids.

    Of a day that the range cuts, the last one within the range. A meter without a read in a day is left out of it. Queries:
    one for each hundred thousand figures of whole days, read from rollups, and two for a cut day at either end.
    """
    middle = whole(DAYS, start, end, zone)
    first, last = middle if middle is not None else (min(DAYS.end(start, zone), end),) * 2
    yield from _cut_day(meter_ids, start, first, zone)
    known_instant = lru_cache(maxsize=4096)(instant_of)
    for day, meters, (times, registers) in buckets(
        Level.DAY, ("register_time", "register"), meter_ids, first, last, zone
    ):
        instants = [None if seconds is None else known_instant(seconds) for seconds in times]
        yield DayRegisters(day, meters, instants, registers)
    yield from _cut_day(meter_ids, last, end, zone)


def _cut_day(meter_ids: Sequence[int], start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[DayRegisters]:
    """(start, end], which lies within one day."""
    if start >= end:
        return
    uses = uses_of([Window(meter, start, end, zone) for meter in meter_ids])
    found = [(meter, *_within(use, start)) for meter, use in zip(meter_ids, uses, strict=True) if use.reads]
    if found:
        meters, times, registers = zip(*found, strict=True)
        yield DayRegisters(day_of(end, zone), meters, times, registers)


def _within(use: MeterUse, start: datetime) -> tuple[datetime | None, int | None]:
    """The register at the end, if it was read after the start."""
    if use.end is None or use.end.time <= start:
        return None, None
    return use.end.time, to_millionths(use.end.register)

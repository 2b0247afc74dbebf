"""An independent reckoning of consumption: plain Python over the whole list of a meter's reads.

Written from decisions, section 6, alone; it shares nothing with the product but the names of the flags.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from metering.enums import Flag


@dataclass(frozen=True)
class Judged:
    """A read with what rules 1 to 5 say of it."""

    time: datetime
    register: Decimal | None
    interval: Decimal | None
    flag: Flag

    @property
    def accepted(self) -> bool:
        return self.register is not None and self.flag is not Flag.OUTLIER


def judged(reads: Iterable[tuple[datetime, Decimal | None]], register_max: Decimal | None = None) -> list[Judged]:
    """The reads in order of time, each judged."""
    ordered = sorted(reads, key=lambda read: read[0])
    registers = [register for _time, register in ordered if register is not None]
    result, last, place = [], None, 0
    for time, register in ordered:
        if register is None:
            result.append(Judged(time, None, None, Flag.NONE))
            continue
        place += 1
        following = registers[place] if place < len(registers) else None
        interval, flag = _judge(last, register, following, register_max)
        result.append(Judged(time, register, interval, flag))
        if flag is not Flag.OUTLIER:
            last = register
    return result


def _judge(p: Decimal | None, r: Decimal, n: Decimal | None, top: Decimal | None) -> tuple[Decimal | None, Flag]:
    if p is None:
        return Decimal(0), Flag.NONE
    if n is not None and p <= n and (r < p or r > n):
        return None, Flag.OUTLIER
    if r >= p:
        return r - p, Flag.NONE
    if top is not None and p <= top and top - p + r < top / 10:
        return top - p + r, Flag.ROLLOVER
    return Decimal(0), Flag.RESET


def consumption(reads: list[Judged], start: datetime, end: datetime) -> Decimal:
    """Of (start, end]."""
    return sum((read.interval for read in within(reads, start, end) if read.interval is not None), Decimal(0))


def within(reads: list[Judged], start: datetime, end: datetime) -> list[Judged]:
    """The reads with start < time <= end."""
    return [read for read in reads if start < read.time <= end]


def flagged(reads: list[Judged], start: datetime, end: datetime) -> int:
    """How many reads of (start, end] are for review."""
    return sum(read.flag in {Flag.OUTLIER, Flag.RESET} for read in within(reads, start, end))


def register_at(reads: list[Judged], instant: datetime) -> tuple[datetime, Decimal] | None:
    """The last accepted register at or before the instant."""
    accepted = [(read.time, read.register) for read in reads if read.accepted and read.time <= instant]
    return accepted[-1] if accepted else None


def by_step(
    reads: list[Judged], start: datetime, end: datetime, step: str, zone: ZoneInfo
) -> dict[tuple[str, timedelta | None], Decimal]:
    """Consumption by what the local clock shows just before a read; hours also by their offset, so that a repeated one
    counts twice."""
    cut = {"hour": 13, "day": 10, "month": 7, "year": 4}[step]
    steps: dict[tuple[str, timedelta | None], Decimal] = {}
    for read in within(reads, start, end):
        local = (read.time - timedelta(microseconds=1)).astimezone(zone)
        label = (local.isoformat()[:cut], local.utcoffset() if step == "hour" else None)
        steps[label] = steps.get(label, Decimal(0)) + (read.interval or Decimal(0))
    return steps

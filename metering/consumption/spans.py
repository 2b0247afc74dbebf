"""Cutting a range into whole local months, days and hours, which rollups answer, and edges, which only the reads can.

Pure: no query is made here. Every range is (start, end] in UTC, and so is every bucket (decisions, section 6).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from intellimeter.common.local_time import day_of, day_start, hour_end, hour_of

DAY = timedelta(days=1)


class Level(StrEnum):
    """Where the figures of a piece are kept, from coarse to fine."""

    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Piece:
    """Buckets low ≤ bucket < high of a rollup, or the reads with low < time ≤ high."""

    level: Level
    low: date | datetime
    high: date | datetime


@dataclass(frozen=True, slots=True)
class Grid:
    """One way to cut time into buckets that follow upon each other."""

    begin: Callable[[datetime, ZoneInfo], datetime]  # of the bucket that a read at the instant belongs to
    end: Callable[[datetime, ZoneInfo], datetime]


def _day_begin(instant: datetime, zone: ZoneInfo) -> datetime:
    return day_start(day_of(instant, zone), zone)


def _day_end(instant: datetime, zone: ZoneInfo) -> datetime:
    return day_start(day_of(instant, zone) + DAY, zone)


def _hour_end(instant: datetime, zone: ZoneInfo) -> datetime:
    return hour_end(hour_of(instant, zone), zone)


def month_first(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after the day's."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _month_begin(instant: datetime, zone: ZoneInfo) -> datetime:
    return day_start(month_first(day_of(instant, zone)), zone)


def _month_end(instant: datetime, zone: ZoneInfo) -> datetime:
    return day_start(next_month(day_of(instant, zone)), zone)


def _year_begin(instant: datetime, zone: ZoneInfo) -> datetime:
    return day_start(day_of(instant, zone).replace(month=1, day=1), zone)


def _year_end(instant: datetime, zone: ZoneInfo) -> datetime:
    day = day_of(instant, zone)
    return day_start(date(day.year + 1, 1, 1), zone)


HOURS = Grid(hour_of, _hour_end)
DAYS = Grid(_day_begin, _day_end)
MONTHS = Grid(_month_begin, _month_end)
YEARS = Grid(_year_begin, _year_end)


def whole(grid: Grid, start: datetime, end: datetime, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """The part of (start, end] that is whole buckets of the grid; None where not one fits."""
    first = grid.end(start, zone)
    last = grid.end(end, zone)
    if last > end:
        last = grid.begin(end, zone)
    return (first, last) if first < last else None


@lru_cache(maxsize=4096)
def cut(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[Piece, ...]:
    """The pieces that (start, end] is made of, each at the coarsest level that holds it whole."""
    return tuple(_cut(start, end, zone, [Level.MONTH, Level.DAY, Level.HOUR]))


def _cut(start: datetime, end: datetime, zone: ZoneInfo, levels: list[Level]) -> list[Piece]:
    if start >= end:
        return []
    if not levels:
        return [Piece(Level.READ, start, end)]
    level, finer = levels[0], levels[1:]
    middle = whole(GRIDS[level], start, end, zone)
    if middle is None:
        return _cut(start, end, zone, finer)
    first, last = middle
    return [
        *_cut(start, first, zone, finer),
        Piece(level, bucket_key(level, first, zone), bucket_key(level, last, zone)),
        *_cut(last, end, zone, finer),
    ]


GRIDS = {Level.MONTH: MONTHS, Level.DAY: DAYS, Level.HOUR: HOURS}


def bucket_key(level: Level, begin: datetime, zone: ZoneInfo) -> date | datetime:
    """The key in its rollup of the bucket that begins at the instant."""
    return begin if level is Level.HOUR else day_of(begin + timedelta(microseconds=1), zone)

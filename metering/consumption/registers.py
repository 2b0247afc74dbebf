"""The last accepted register at or before an instant, for any number of meters and instants, in one query."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection

from intellimeter.common.fields import from_millionths
from metering.consumption.figures import RegisterAt
from metering.consumption.spans import DAYS, HOURS, Level, bucket_key
from metering.consumption.tables import Rows, bounds_of, partition_of, select, values_table
from metering.enums import Flag


class _Source(NamedTuple):
    """A table to look in: its key besides the meter, when its registers were read, and which of its rows serve."""

    table: str
    key: str
    key_type: str
    time: str
    serving: str


# The reads' plain bounds repeat what the rest says, so that PostgreSQL leaves out partitions when it plans.
_SOURCES = {
    Level.DAY: _Source("metering_dayrollup", "day", "date", "register_time", "kept.day < given.high"),
    Level.HOUR: _Source(
        "metering_hourrollup",
        "hour",
        "timestamptz",
        "register_time",
        "kept.hour >= given.low AND kept.hour < given.high",
    ),
    Level.READ: _Source(
        "metering_read",
        "time",
        "timestamptz",
        "time",
        "kept.time > given.low AND kept.time <= given.high AND kept.time > %s AND kept.time <= %s"
        f" AND kept.flag <> {Flag.OUTLIER:d}",
    ),
}

# Each finds its row by one descent of the key; DISTINCT ON or max() over reads would walk through all of them.
_KEPT = """FROM {table} kept WHERE kept.meter_id = given.meter AND {serving} AND kept.register IS NOT NULL
ORDER BY kept.{key} DESC LIMIT 1"""
_LAST = {
    "postgresql": """SELECT given.place, last.register, last.{time}
FROM {given} CROSS JOIN LATERAL (SELECT kept.register, kept.{time} """
    + _KEPT
    + ") last",
    "sqlite": """SELECT given.place, last.register, last.{time}
FROM {given} JOIN {table} last ON last.meter_id = given.meter AND last.{key} = (SELECT kept.{key} """
    + _KEPT
    + ")",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One meter at an instant; the zone says which days are over by then."""

    meter: int
    instant: datetime
    zone: ZoneInfo


def registers_of(moments: Sequence[Moment]) -> list[RegisterAt | None]:
    """The last accepted register at or before each moment, in their order. One query; none where nothing is asked."""
    asked: dict[tuple[Level, str], Rows] = defaultdict(list)
    for place, moment in enumerate(moments):
        for level, low, high in places_to_look(moment.instant, moment.zone):
            asked[level, partition_of(level, low)].append((place, moment.meter, low, high))
    queries, parameters = [], []
    for (level, _partition), rows in asked.items():
        source = _SOURCES[level]
        kind = source.key_type
        given, values = values_table({"place": "int", "meter": "bigint", "low": kind, "high": kind}, rows)
        queries.append(_LAST[connection.vendor].format(given=given, **source._asdict()))
        parameters += values + (bounds_of(rows) if level is Level.READ else [])
    found: list[RegisterAt | None] = [None] * len(moments)
    for place, register, time in select("\nUNION ALL\n".join(queries), parameters) if queries else []:
        at = RegisterAt(_instant(time), from_millionths(register))
        before = found[place]
        if before is None or at.time > before.time:
            found[place] = at
    return found


@lru_cache(maxsize=4096)
def places_to_look(instant: datetime, zone: ZoneInfo) -> tuple[tuple[Level, date | datetime, date | datetime], ...]:
    """All days over by the instant, the hours since, and the reads since the last whole hour."""
    day = instant if DAYS.end(instant, zone) == instant else DAYS.begin(instant, zone)
    hour = instant if HOURS.end(instant, zone) == instant else HOURS.begin(instant, zone)
    places: list[tuple[Level, date | datetime, date | datetime]] = [
        (Level.DAY, date.min, bucket_key(Level.DAY, day, zone))
    ]
    if day < hour:
        places.append((Level.HOUR, day, hour))
    if hour < instant:
        places.append((Level.READ, hour, instant))
    return tuple(places)


def _instant(value: datetime | str) -> datetime:
    """A time that came through a cursor: SQLite gives text in UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)

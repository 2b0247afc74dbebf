"""The last accepted register at or before an instant, for any number of meters and instants, in one query."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db import connection

from intellimeter.common.fields import from_millionths
from metering.consumption.figures import RegisterAt
from metering.consumption.spans import DAYS, HOURS, Level, bucket_key
from metering.consumption.tables import by_key, select, to_database, values_table
from metering.enums import Flag

# Each finds its row by one descent of the key; DISTINCT ON or max() over reads would walk through all of them.
_DAYS = """
SELECT given.place, kept.register, kept.register_time
FROM {given} {join} metering_dayrollup kept {on} kept.meter_id = given.meter AND kept.day = (
    SELECT one.day FROM metering_dayrollup one
    WHERE one.meter_id = given.meter AND one.day < given.high AND one.register IS NOT NULL
    ORDER BY one.day DESC LIMIT 1) {end}"""

_HOURS = """
SELECT given.place, kept.register, kept.register_time
FROM {given} {join} metering_hourrollup kept {on} kept.meter_id = given.meter AND kept.hour = (
    SELECT one.hour FROM metering_hourrollup one
    WHERE one.meter_id = given.meter AND one.hour >= given.low AND one.hour < given.high AND one.register IS NOT NULL
    ORDER BY one.hour DESC LIMIT 1) {end}"""

_READS = """
SELECT given.place, kept.register, kept.time
FROM {given} {join} metering_read kept {on} kept.meter_id = given.meter AND kept.time > %s AND kept.time <= %s AND kept.time = (
    SELECT one.time FROM metering_read one
    WHERE one.meter_id = given.meter AND one.time > given.low AND one.time <= given.high
    AND one.time > %s AND one.time <= %s AND one.register IS NOT NULL AND one.flag <> {outlier}
    ORDER BY one.time DESC LIMIT 1) {end}"""

_QUERIES = {Level.DAY: (_DAYS, "date"), Level.HOUR: (_HOURS, "timestamptz"), Level.READ: (_READS, "timestamptz")}


@dataclass(frozen=True, slots=True)
class Moment:
    """One meter at an instant; the zone says which days are over by then."""

    meter: int
    instant: datetime
    zone: ZoneInfo


def registers_of(moments: Sequence[Moment]) -> list[RegisterAt | None]:
    """The last accepted register at or before each moment, in their order. One query; none where nothing is asked."""
    asked: dict[Level, list[tuple[int, int, date | datetime, date | datetime]]] = defaultdict(list)
    for place, moment in enumerate(moments):
        for level, low, high in _places_to_look(moment.instant, moment.zone):
            asked[level].append((place, moment.meter, low, high))
    queries, parameters = [], []
    for level, rows in asked.items():
        query, kind = _QUERIES[level]
        given, values = values_table({"place": "int", "meter": "bigint", "low": kind, "high": kind}, rows)
        queries.append(query.format(given=given, outlier=int(Flag.OUTLIER), **by_key()))
        bounds = [to_database(min(row[2] for row in rows)), to_database(max(row[3] for row in rows))]
        parameters += values + (bounds * 2 if level is Level.READ else [])
    found: list[RegisterAt | None] = [None] * len(moments)
    for place, register, time in select("\nUNION ALL".join(queries), parameters) if queries else []:
        at = RegisterAt(_instant(time), from_millionths(register))
        before = found[place]
        if before is None or at.time > before.time:
            found[place] = at
    return found


@lru_cache(maxsize=4096)
@lru_cache(maxsize=4096)
def _places_to_look(instant: datetime, zone: ZoneInfo) -> tuple[tuple[Level, date | datetime, date | datetime], ...]:
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
    return value.astimezone(UTC) if connection.vendor == "postgresql" else value.replace(tzinfo=UTC)

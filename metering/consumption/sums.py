"""Sums over any number of windows of any number of meters, in one query.

Written as SQL: the union of four levels joined to a table of windows is beyond the ORM, whose overhead would be most
of the time (ADR 5).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from intellimeter.common.fields import from_millionths
from metering.consumption.spans import Level, cut
from metering.consumption.tables import Rows, bounds_of, by_key, partition_of, select, values_table
from metering.enums import Flag

_ROLLUP = """
SELECT given.place, SUM(kept.consumption), SUM(kept.reads), SUM(kept.flagged)
FROM {given} {join} metering_{level}rollup kept
{on} kept.meter_id = given.meter AND kept.{level} >= given.low AND kept.{level} < given.high {end}
GROUP BY given.place"""

# The plain bounds repeat what the join says, so that PostgreSQL leaves out partitions when it plans.
_READS = """
SELECT given.place, SUM(kept.interval), COUNT(*), SUM(CASE WHEN kept.flag IN ({review}) THEN 1 ELSE 0 END)
FROM {given} {join} metering_read kept
{on} kept.meter_id = given.meter AND kept.time > given.low AND kept.time <= given.high
AND kept.time > %s AND kept.time <= %s {end}
GROUP BY given.place"""

_REVIEW = f"{Flag.OUTLIER:d}, {Flag.RESET:d}"
_KEY_TYPES = {Level.MONTH: "date", Level.DAY: "date", Level.HOUR: "timestamptz", Level.READ: "timestamptz"}


@dataclass(frozen=True, slots=True)
class Window:
    """One meter from `start` (not counted) to `end` (counted); the zone says what its whole days are."""

    meter: int
    start: datetime
    end: datetime
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Sums:
    """Of the reads in a window."""

    consumption: Decimal
    reads: int
    flagged: int


def sums_of(windows: Sequence[Window]) -> list[Sums]:
    """The sums of each window, in the order of the windows. One query, or none where there is nothing to ask."""
    asked: dict[tuple[Level, str], Rows] = defaultdict(list)
    for place, window in enumerate(windows):
        for piece in cut(window.start, window.end, window.zone):
            key = piece.level, partition_of(piece.level, piece.low)
            asked[key].append((place, window.meter, piece.low, piece.high))
    totals = [[0, 0, 0] for _ in windows]
    for place, *figures in _answers(asked.items()):
        total = totals[place]
        for index, figure in enumerate(figures):
            total[index] += int(figure or 0)
    return [Sums(from_millionths(consumption), reads, flagged) for consumption, reads, flagged in totals]


def _answers(asked: Iterable[tuple[tuple[Level, str], Rows]]) -> list[tuple[int, ...]]:
    queries, parameters = [], []
    for (level, _partition), rows in asked:
        kind = _KEY_TYPES[level]
        given, values = values_table({"place": "int", "meter": "bigint", "low": kind, "high": kind}, rows)
        queries.append(
            (_READS if level is Level.READ else _ROLLUP).format(given=given, level=level, review=_REVIEW, **by_key())
        )
        parameters += values + (bounds_of(rows) if level is Level.READ else [])
    return select("\nUNION ALL\n".join(queries), parameters) if queries else []

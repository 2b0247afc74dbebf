"""What meters that share a zone used in one range, side by side: the pieces of the range are the same for each of them, so
the database is told them once, and a thousand meters cost little more than their rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from metering.consumption.figures import RangeFigures
from metering.consumption.registers import places_to_look
from metering.consumption.spans import Level, Piece, cut
from metering.consumption.tables import select, to_database
from metering.enums import Flag

# A piece's sum is null where it has no read: rollups are there for reads alone.
_USED = "(SELECT SUM(consumption) FROM metering_{level}rollup WHERE {mine} AND {level} >= %s AND {level} < %s)".format
_USED_READS = "(SELECT SUM(COALESCE(interval, 0)) FROM metering_read WHERE {mine} AND time > %s AND time <= %s)".format

# Each finds its row by one descent of the key. What is kept coarser is older, so the first that finds one is right.
_LAST = """(SELECT register FROM metering_{level}rollup WHERE {mine} AND {level} >= %s AND {level} < %s
AND register IS NOT NULL ORDER BY {level} DESC LIMIT 1)""".format
_LAST_READ = f"""(SELECT register FROM metering_read WHERE {{mine}} AND time > %s AND time <= %s
AND register IS NOT NULL AND flag <> {Flag.OUTLIER:d} ORDER BY time DESC LIMIT 1)""".format
_MINE = "meter_id = given.meter"


def range_figures(meter_ids: Sequence[int], start: datetime, end: datetime, zone: ZoneInfo) -> RangeFigures:
    """Of each meter with a read in (start, end], in the order of the ids. One query."""
    pieces = cut(start, end, zone)
    if not pieces or not meter_ids:
        return RangeFigures([], [], [], [])
    given = (
        "unnest(%s::bigint[]) AS given(meter)"
        if connection.vendor == "postgresql"
        else "(SELECT value AS meter FROM json_each(%s)) AS given"
    )
    ids: Any = list(meter_ids) if connection.vendor == "postgresql" else str(list(meter_ids))
    bounds = [_looked_up(instant, zone) for instant in (start, end)]
    columns = [*(_used(piece) for piece in pieces), *(_coalesced(places) for places in bounds)]
    parameters = [
        to_database(value) for piece in (*pieces, *bounds[0], *bounds[1]) for value in (piece.low, piece.high)
    ]
    rows = {row[0]: row[1:] for row in select(f"SELECT meter, {', '.join(columns)} FROM {given}", [*parameters, ids])}
    found = []
    for meter in meter_ids:
        *used, at_start, at_end = rows[meter]
        if any(one is not None for one in used):
            found.append((meter, sum(int(one) for one in used if one is not None), at_start, at_end))
    return RangeFigures(*(zip(*found, strict=True) if found else ([], [], [], [])))


def _looked_up(instant: datetime, zone: ZoneInfo) -> list[Piece]:
    """Where the last register at or before the instant may be kept, the newest first."""
    return [Piece(*place) for place in reversed(places_to_look(instant, zone))]


def _used(piece: Piece) -> str:
    return _USED_READS(mine=_MINE) if piece.level is Level.READ else _USED(level=piece.level, mine=_MINE)


def _coalesced(places: Sequence[Piece]) -> str:
    looks = [
        _LAST_READ(mine=_MINE) if place.level is Level.READ else _LAST(level=place.level, mine=_MINE)
        for place in places
    ]
    return f"COALESCE({', '.join(looks)})" if len(looks) > 1 else looks[0]

"""Rollups read bucket by bucket, their figures side by side, for answers of very many rows.

The database hands over each meter's buckets as arrays, which costs a small part of what as many rows cost, and so many
buckets at a time that some hundred thousand figures are held, however long the range is (ADR 5).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection

from intellimeter.common.local_time import TICK
from metering.consumption.spans import GRIDS, Level, bucket_key
from metering.consumption.tables import select, to_database

FIGURES_AT_ONCE = 100_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_DAY = EPOCH.date()

Bucket = date | datetime
"""The key of a bucket: the instant at which an hour begins, the first day of a day or month."""


class Found(NamedTuple):
    """What the rollup holds of one bucket: the meters that have it, in the order asked, and for each column their figures."""

    bucket: Bucket
    meters: Sequence[int]
    columns: Sequence[Sequence[Any]]


def buckets(
    level: Level, names: Sequence[str], meter_ids: Sequence[int], first: datetime, last: datetime, zone: ZoneInfo
) -> Iterator[Found]:
    """The named columns of all buckets from `first` to `last`, which are bounds of buckets; oldest first.

    Figures are as the database keeps them: consumption and registers whole millionths, times seconds since 1970. A query
    for each hundred thousand figures.
    """
    every = _keys(level, first, last, zone)
    size = max(1, FIGURES_AT_ONCE // max(1, len(meter_ids)))
    while keys := list(islice(every, size)):
        yield from _side_by_side(keys, meter_ids, _rows_by_meter(level, names, meter_ids, keys))


def instant_of(seconds: int) -> datetime:
    """The instant so many seconds after 1970 began."""
    return EPOCH + timedelta(seconds=seconds)


def _keys(level: Level, first: datetime, last: datetime, zone: ZoneInfo) -> Iterator[Bucket]:
    begin = first
    while begin < last:
        yield bucket_key(level, begin, zone)
        begin = GRIDS[level].end(begin + TICK, zone)


def _side_by_side(
    keys: Sequence[Bucket], meter_ids: Sequence[int], by_meter: dict[int, list[tuple[Any, ...] | None]]
) -> Iterator[Found]:
    """From the rows of each meter to the rows of each bucket."""
    meters = [meter for meter in meter_ids if meter in by_meter]
    if not meters:
        return
    for key, rows in zip(keys, zip(*(by_meter[meter] for meter in meters), strict=True), strict=True):
        if None not in rows:
            yield Found(key, meters, list(zip(*rows, strict=True)))
        elif having := [(meter, row) for meter, row in zip(meters, rows, strict=True) if row is not None]:
            present, kept = zip(*having, strict=True)
            yield Found(key, present, list(zip(*kept, strict=True)))


def _rows_by_meter(
    level: Level, names: Sequence[str], meter_ids: Sequence[int], keys: Sequence[Bucket]
) -> dict[int, list[tuple[Any, ...] | None]]:
    """Each meter's row of each of the keys, None where it has none; a meter without any is left out."""
    numbers = [_number(key) for key in keys]
    found: dict[int, list[tuple[Any, ...] | None]] = {}
    for meter, mine, *columns in _ANSWERS[connection.vendor](level, names, meter_ids, keys[0], keys[-1]):
        rows = zip(*columns, strict=True)
        found[meter] = (
            list(rows) if list(mine) == numbers else list(map(dict(zip(mine, rows, strict=True)).get, numbers))
        )
    return found


def _number(key: Bucket) -> int:
    """How the queries below write the key."""
    if isinstance(key, datetime):
        return int((key - EPOCH).total_seconds())
    return (key - FIRST_DAY).days


Answers = Iterable[tuple[Any, ...]]
"""A meter, the numbers of its buckets in their order, and a sequence for each column."""


def _on_postgresql(level: Level, names: Sequence[str], meter_ids: Sequence[int], low: Bucket, high: Bucket) -> Answers:
    number = f"date_part('epoch', {level})::bigint" if level is Level.HOUR else f"{level} - DATE '1970-01-01'"
    written = [f"date_part('epoch', {name})::bigint" if name.endswith("_time") else name for name in names]
    arrays = ", ".join(f"array_agg({one})" for one in (number, *written))
    # Behind OFFSET 0 each meter's buckets are one walk along the key, in order; nothing is sorted.
    return select(
        f"""SELECT * FROM (SELECT given.meter, found.* FROM unnest(%s::bigint[]) AS given(meter)
CROSS JOIN LATERAL (SELECT {arrays} FROM (SELECT * FROM metering_{level}rollup WHERE meter_id = given.meter
AND {level} >= %s AND {level} <= %s ORDER BY {level} OFFSET 0) kept) found(keys)) answers WHERE keys IS NOT NULL""",
        [list(meter_ids), to_database(low), to_database(high)],
    )


def _on_sqlite(level: Level, names: Sequence[str], meter_ids: Sequence[int], low: Bucket, high: Bucket) -> Answers:
    seconds = "CAST(strftime('%%s', {}) AS INTEGER)".format
    number = seconds(level) if level is Level.HOUR else f"CAST(julianday({level}) - 2440587.5 AS INTEGER)"
    written = ", ".join((number, *(seconds(name) if name.endswith("_time") else name for name in names)))
    wanted = ",".join(str(int(meter)) for meter in meter_ids)
    rows = select(
        f"SELECT meter_id, {written} FROM metering_{level}rollup WHERE meter_id IN (SELECT value FROM json_each(%s))"
        f" AND {level} >= %s AND {level} <= %s ORDER BY meter_id, {level}",
        [f"[{wanted}]", to_database(low), to_database(high)],
    )
    return [(meter, *list(zip(*mine, strict=True))[1:]) for meter, mine in groupby(rows, key=itemgetter(0))]


_ANSWERS = {"postgresql": _on_postgresql, "sqlite": _on_sqlite}

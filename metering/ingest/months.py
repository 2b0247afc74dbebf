"""The sums by month, from the days that a batch has just written."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Protocol

from metering.ingest.databases import Database
from metering.ingest.paging import PAGE, pages

Key = tuple[int, str]
"""A meter and the text of a local date."""


class DayBucket(Protocol):
    """What a batch adds to a day."""

    consumption: int
    reads: int
    flagged: int


def write_months(cursor: Any, database: Database, added: Mapping[Key, DayBucket], stale: Collection[Key]) -> None:
    """Add the days' new sums to their months; a month with a day that was added up anew is added up from its days."""
    anew = {(meter, _month(day)) for meter, day in stale}
    sums: dict[Key, list[int]] = {}
    for (meter, day), bucket in added.items():
        key = meter, _month(day)
        if key not in anew:
            month = sums.setdefault(key, [0, 0, 0])
            month[0] += bucket.consumption
            month[1] += bucket.reads
            month[2] += bucket.flagged
    rows = [
        (meter, month, consumption, reads, flagged)
        for (meter, month), (consumption, reads, flagged) in sorted(sums.items())
    ]
    for page in pages(rows, PAGE):
        cursor.execute(
            f"WITH v (meter_id, month, consumption, reads, flagged) AS ({database.table('idiii', page)})"
            " INSERT INTO metering_monthrollup AS old (meter_id, month, consumption, reads, flagged)"
            " SELECT * FROM v WHERE true ON CONFLICT (meter_id, month) DO UPDATE SET"
            " consumption = old.consumption + excluded.consumption,"
            " reads = old.reads + excluded.reads, flagged = old.flagged + excluded.flagged"
        )
    _add_up(cursor, database, anew)


def _add_up(cursor: Any, database: Database, months: Collection[Key]) -> None:
    rows = [(meter, month, _following(month)) for meter, month in sorted(months)]
    for page in pages(rows, PAGE):
        cursor.execute(
            f"WITH b (meter_id, month, after) AS ({database.table('idd', page)})"
            " INSERT INTO metering_monthrollup (meter_id, month, consumption, reads, flagged)"
            " SELECT b.meter_id, b.month, sum(d.consumption), sum(d.reads), sum(d.flagged) FROM b"
            " JOIN metering_dayrollup d ON d.meter_id = b.meter_id AND d.day >= b.month AND d.day < b.after"
            " GROUP BY b.meter_id, b.month"
            " ON CONFLICT (meter_id, month) DO UPDATE SET consumption = excluded.consumption,"
            " reads = excluded.reads, flagged = excluded.flagged"
        )


def _month(day: str) -> str:
    return day[:8] + "01"


def _following(month: str) -> str:
    first = date.fromisoformat(month)
    return date(first.year + first.month // 12, first.month % 12 + 1, 1).isoformat()

"""Reads that are stored already just as they are sent: the most of a file that comes again, and the cheapest to tell."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from metering.ingest.calendar import Calendar
from metering.ingest.databases import Database, within
from metering.ingest.paging import PAGE, pages
from metering.ingest.rows import Row


def without_repeats(cursor: Any, database: Database, calendar: Calendar, rows: Sequence[Row]) -> list[Row]:
    """The rows but for those that say, figure by figure, what is stored at their meter and instant.

    Each meter's stretch of stored reads is fetched whole, and compared here. A stretch may hold far more than was sent (the
    first and the last read of a year): no more is fetched than was sent, and a repeat that is missed so stays in the rows.
    """
    times: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        times[row.meter].append(row.time)
    spans = [(meter, calendar[min(found)].time, calendar[max(found)].time) for meter, found in times.items()]
    stored: set[tuple[Any, ...]] = set()
    for page in pages(spans, PAGE):
        condition = (
            "r.meter_id = v.meter_id AND r.time BETWEEN v.first AND v.last"
            f" AND {within(database, 'r.time', [time for _, *ends in page for time in ends])}"
        )
        cursor.execute(
            f"WITH v (meter_id, first, last) AS ({database.table('itt', page)})"
            f" SELECT r.meter_id, {database.epoch('r.time')}, r.register, CAST(r.points AS text)"
            f" FROM v {database.look_up('r', condition)} LIMIT {len(rows) - len(stored)}"
        )
        stored.update(cursor.fetchall())
    return [row for row in rows if row[:4] not in stored]

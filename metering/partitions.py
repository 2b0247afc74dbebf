"""The monthly partitions of the table of reads on PostgreSQL: made ahead by beat, and by ingest for the past (ADR 4).

SQLite has one table; there every function here does nothing.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.db import connection, transaction

from metering.read_table import TABLE

LOCK = 0x1A7E11
_known: set[tuple[str, str]] = set()


def ensure_partitions(times: Iterable[int]) -> None:
    """Make the partitions of the months that the instants (seconds since 1970) lie in, where they are missing.

    In a transaction of its own, ahead of the one that stores, so that no store waits for another's. A month that the default
    partition already holds reads of stays there.
    """
    if connection.vendor != "postgresql":
        return
    days = {time // 86400 for time in times}
    months = {datetime.fromtimestamp(day * 86400, UTC).date().replace(day=1) for day in days}
    database = str(connection.settings_dict["NAME"])
    for month in sorted(months):
        if (database, name_of(month)) not in _known:
            _make(month)
            _known.add((database, name_of(month)))


def ensure_coming_months(now: datetime, count: int = 3) -> None:
    """This month's partition and the next ones."""
    month = now.astimezone(UTC).date().replace(day=1)
    for _ in range(count + 1):
        ensure_partitions([int(datetime(month.year, month.month, 1, tzinfo=UTC).timestamp())])
        month = following(month)


def name_of(month: date) -> str:
    """The partition's table."""
    return f"{TABLE}_{month:%Y_%m}"


def following(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _make(month: date) -> None:
    begin, end, name = f"{month} 00:00+00", f"{following(month)} 00:00+00", name_of(month)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [name])
        if cursor.fetchone()[0]:
            return
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(
            f"SELECT to_regclass(%s), EXISTS (SELECT 1 FROM {TABLE}_default WHERE time >= %s AND time < %s)",
            [name, begin, end],
        )
        made, in_default = cursor.fetchone()
        if made or in_default:
            return
        cursor.execute(f"CREATE TABLE {name} (LIKE {TABLE} INCLUDING ALL)")
        cursor.execute(f"ALTER TABLE {TABLE} ATTACH PARTITION {name} FOR VALUES FROM (%s) TO (%s)", [begin, end])

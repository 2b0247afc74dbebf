"""The few statements of ingest that PostgreSQL and SQLite take differently. All else is SQL that both read alike.

Figures and instants are written into the statements as literals: they are integers and texts of our own making, never a
sender's, and thousands of them go in one statement. What a sender wrote (points) always goes as a parameter or by COPY.
"""

import io
import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

READ_COLUMNS = 'meter_id, time, register, "interval", flag, points'


class NewRead(NamedTuple):
    """A row of the table of reads, as text and integers."""

    meter: int
    time: str
    register: int | None
    interval: int | None
    flag: int
    points: str | None


class StoredRead(NamedTuple):
    """What is stored at a sent read's meter and instant, where it is not all that was sent; `found` false: nothing is."""

    position: int
    found: bool
    register: int | None
    interval: int | None
    flag: int
    points: str | None


class Database(Protocol):
    """What ingest asks of a database."""

    for_update: str

    def instant(self, text: str | None) -> str: ...
    def day(self, text: str) -> str: ...
    def number(self, value: int | None) -> str: ...
    def epoch(self, column: str) -> str: ...
    def plan_by_key(self, cursor: Any) -> None: ...
    def insert_reads(self, cursor: Any, reads: Iterable[NewRead]) -> None: ...
    def set_points(self, cursor: Any, points: Sequence[tuple[int, str, str]]) -> None: ...
    def differing(self, cursor: Any, sent: Sequence[tuple[int, str, int | None, str | None]]) -> list[StoredRead]: ...


class PostgreSQL:
    """COPY in, typed literals, row locks."""

    for_update = "FOR UPDATE"

    def instant(self, text: str | None) -> str:
        return f"'{text}+00'::timestamptz" if text else "NULL::timestamptz"

    def day(self, text: str) -> str:
        return f"'{text}'::date"

    def number(self, value: int | None) -> str:
        return "NULL::bigint" if value is None else f"{value}::bigint"

    def epoch(self, column: str) -> str:
        return f"extract(epoch FROM {column})::bigint"

    def plan_by_key(self, cursor: Any) -> None:
        """Look rows up by key, whatever the planner thinks of tables it has no statistics of yet; to the transaction's end."""
        cursor.execute(
            "SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),"
            " set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)"
        )

    def insert_reads(self, cursor: Any, reads: Iterable[NewRead]) -> None:
        lines = [
            f"{meter}\t{time}\t{_NULL if register is None else register}\t{_NULL if interval is None else interval}"
            f"\t{flag}\t{_escaped(points)}\n"
            for meter, time, register, interval, flag, points in reads
        ]
        cursor.copy_expert(f"COPY metering_read ({READ_COLUMNS}) FROM STDIN", io.StringIO("".join(lines)))

    def set_points(self, cursor: Any, points: Sequence[tuple[int, str, str]]) -> None:
        values = ", ".join(["(%s, %s::timestamptz, %s::jsonb)"] * len(points))
        cursor.execute(
            f"WITH v (meter_id, time, points) AS (VALUES {values}) UPDATE metering_read r SET points = v.points"
            " FROM v WHERE r.meter_id = v.meter_id AND r.time = v.time",
            [cell for meter, time, text in points for cell in (meter, f"{time}+00", text)],
        )

    def differing(self, cursor: Any, sent: Sequence[tuple[int, str, int | None, str | None]]) -> list[StoredRead]:
        """Those of the sent reads (meter, time, register, points) that are not stored as sent already."""
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS sent_read (position integer, meter_id bigint, time timestamptz,"
            " register bigint, points jsonb); TRUNCATE sent_read"
        )
        lines = [
            f"{position}\t{meter}\t{time}\t{_NULL if register is None else register}\t{_escaped(points)}\n"
            for position, (meter, time, register, points) in enumerate(sent)
        ]
        cursor.copy_expert("COPY sent_read FROM STDIN", io.StringIO("".join(lines)))
        times = [time for _, time, _, _ in sent]
        cursor.execute(
            'SELECT s.position, r.meter_id IS NOT NULL, r.register, r."interval", coalesce(r.flag, 0), r.points::text'
            " FROM sent_read s LEFT JOIN metering_read r ON r.meter_id = s.meter_id AND r.time = s.time"
            f" AND r.time BETWEEN {self.instant(min(times))} AND {self.instant(max(times))}"
            " WHERE r.meter_id IS NULL"
            " OR (s.register IS NOT NULL AND s.register IS DISTINCT FROM r.register)"
            " OR (s.points IS NOT NULL AND s.points IS DISTINCT FROM r.points)"
            " ORDER BY s.position"
        )
        return [StoredRead(*row) for row in cursor.fetchall()]


_NULL = "\\N"


def _escaped(points: str | None) -> str:
    """Points as a field of COPY's text format; null as its own mark."""
    if points is None:
        return _NULL
    return points.replace("\\", "\\\\") if "\\" in points else points


class SQLite:
    """The same by executemany; the whole database is the lock."""

    for_update = ""

    def instant(self, text: str | None) -> str:
        return f"'{text}'" if text else "NULL"

    def day(self, text: str) -> str:
        return f"'{text}'"

    def number(self, value: int | None) -> str:
        return "NULL" if value is None else str(value)

    def epoch(self, column: str) -> str:
        return f"CAST(strftime('%s', {column}) AS INTEGER)"

    def plan_by_key(self, cursor: Any) -> None:
        """SQLite looks up by key of itself."""

    def insert_reads(self, cursor: Any, reads: Iterable[NewRead]) -> None:
        cursor.executemany(f"INSERT INTO metering_read ({READ_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)", list(reads))

    def set_points(self, cursor: Any, points: Sequence[tuple[int, str, str]]) -> None:
        cursor.executemany(
            "UPDATE metering_read SET points = %s WHERE meter_id = %s AND time = %s",
            [(text, meter, time) for meter, time, text in points],
        )

    def differing(self, cursor: Any, sent: Sequence[tuple[int, str, int | None, str | None]]) -> list[StoredRead]:
        """Those of the sent reads (meter, time, register, points) that are not stored as sent already."""
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS sent_read (position integer PRIMARY KEY, meter_id integer, time text,"
            " register integer, points text)"
        )
        cursor.execute("DELETE FROM sent_read")
        cursor.executemany(
            "INSERT INTO sent_read VALUES (%s, %s, %s, %s, %s)", [(n, *read) for n, read in enumerate(sent)]
        )
        cursor.execute(
            'SELECT s.position, r.meter_id IS NOT NULL, r.register, r."interval", coalesce(r.flag, 0), r.points'
            " FROM sent_read s LEFT JOIN metering_read r ON r.meter_id = s.meter_id AND r.time = s.time"
            " WHERE r.meter_id IS NULL"
            " OR (s.register IS NOT NULL AND s.register IS NOT r.register)"
            " OR (s.points IS NOT NULL AND s.points IS NOT r.points)"
            " ORDER BY s.position"
        )
        return [StoredRead(*row) for row in cursor.fetchall()]


def database_of(vendor: str) -> Database:
    """The statements for Django's connection vendor."""
    return PostgreSQL() if vendor == "postgresql" else SQLite()


def points_of(text: str | None) -> dict[str, Any]:
    """Stored points by name; numbers as their text, so that they compare exactly."""
    return json.loads(text, parse_int=str, parse_float=str) if text else {}

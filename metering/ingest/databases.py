"""The few statements of ingest that PostgreSQL and SQLite take differently. All else is SQL that both read alike.

Figures and instants are written into the statements: they are integers and texts of our own making, never a sender's, and
thousands of them go in one statement. What a sender wrote (points) always goes as a parameter or by COPY.
"""

import io
import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

READ_COLUMNS = 'meter_id, time, register, "interval", flag, points'
Cell = int | str | None


class NewRead(NamedTuple):
    """A row of the table of reads, as text and integers."""

    meter: int
    time: str
    register: int | None
    interval: int | None
    flag: int
    points: str | None


class SentRead(NamedTuple):
    """What a batch says of a meter at an instant before its newest."""

    meter: int
    time: str
    register: int | None
    points: str | None


class StoredRead(NamedTuple):
    """What is stored at a sent read's meter and instant, where it is not just what was sent; `found` 0: nothing is."""

    position: int
    found: int
    register: int | None
    interval: int | None
    flag: int
    points: str | None


class Database(Protocol):
    """What ingest asks of a database."""

    for_update: str

    def instant(self, text: str) -> str:
        """An instant as a literal."""

    def table(self, columns: str, rows: Sequence[tuple[Cell, ...]]) -> str:
        """The rows as the body of a WITH clause. `columns` has a letter each: i(nteger), t(ime), d(ate)."""

    def epoch(self, column: str) -> str:
        """A column of instants as seconds since 1970."""

    def look_up(self, name: str, condition: str, *, left: bool = False) -> str:
        """A join that looks up reads, as `name`, for each row before it: by key, whatever the planner thinks of months that
        it has no statistics of yet. With `left`, rows without a read stay."""

    def stage(self, cursor: Any, sent: Sequence[SentRead]) -> None:
        """Put sent reads into the temporary table `sent_read`, each with its position."""

    def insert_reads(self, cursor: Any, reads: Iterable[NewRead]) -> None:
        """Reads that are not stored yet, as fast as the database takes them."""

    def set_points(self, cursor: Any, points: Sequence[tuple[int, str, str]]) -> None:
        """Other points for stored reads: meter, instant, points."""


class PostgreSQL:
    """COPY in, arrays as single literals (thousands of literals would cost more to parse than to store), row locks."""

    for_update = "FOR UPDATE OF l"
    types = {"i": "bigint", "t": "timestamptz", "d": "date"}

    def instant(self, text: str) -> str:
        return f"'{text}+00'::timestamptz"

    def table(self, columns: str, rows: Sequence[tuple[Cell, ...]]) -> str:
        arrays = [
            f"'{{{self._elements(column, cells)}}}'::{self.types[column]}[]"
            for column, cells in zip(columns, zip(*rows, strict=True), strict=True)
        ]
        return f"SELECT * FROM unnest({', '.join(arrays)})"

    @staticmethod
    def _elements(column: str, cells: Iterable[Cell]) -> str:
        if column == "t":
            return ",".join(["NULL" if cell is None else f'"{cell}+00"' for cell in cells])
        return ",".join(["NULL" if cell is None else str(cell) for cell in cells])

    def epoch(self, column: str) -> str:
        return f"extract(epoch FROM {column})::bigint"

    def look_up(self, name: str, condition: str, *, left: bool = False) -> str:
        fenced = f"(SELECT {name}.* FROM metering_read {name} WHERE {condition} OFFSET 0) {name}"
        return f"LEFT JOIN LATERAL {fenced} ON true" if left else f"CROSS JOIN LATERAL {fenced}"

    def stage(self, cursor: Any, sent: Sequence[SentRead]) -> None:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS sent_read"
            " (position integer, meter_id bigint, time timestamptz, register bigint, points jsonb); TRUNCATE sent_read"
        )
        lines = [
            f"{position}\t{meter}\t{time}\t{_NULL if register is None else register}\t{_escaped(points)}\n"
            for position, (meter, time, register, points) in enumerate(sent)
        ]
        cursor.copy_expert("COPY sent_read FROM STDIN", io.StringIO("".join(lines)))

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


_NULL = "\\N"


def _escaped(points: str | None) -> str:
    """Points as a field of COPY's text format; null as its own mark."""
    if points is None:
        return _NULL
    return points.replace("\\", "\\\\") if "\\" in points else points


class SQLite:
    """The same by VALUES and executemany; the whole database is the lock."""

    for_update = ""

    def instant(self, text: str) -> str:
        return f"'{text}'"

    def table(self, columns: str, rows: Sequence[tuple[Cell, ...]]) -> str:
        return "VALUES " + ", ".join(f"({', '.join(map(_literal, row))})" for row in rows)

    def epoch(self, column: str) -> str:
        return f"CAST(strftime('%s', {column}) AS INTEGER)"

    def look_up(self, name: str, condition: str, *, left: bool = False) -> str:
        return f"{'LEFT JOIN' if left else 'JOIN'} metering_read {name} ON {condition}"

    def stage(self, cursor: Any, sent: Sequence[SentRead]) -> None:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS sent_read (position integer PRIMARY KEY, meter_id integer, time text,"
            " register integer, points text)"
        )
        cursor.execute("DELETE FROM sent_read")
        cursor.executemany(
            "INSERT INTO sent_read VALUES (%s, %s, %s, %s, %s)", [(n, *read) for n, read in enumerate(sent)]
        )

    def insert_reads(self, cursor: Any, reads: Iterable[NewRead]) -> None:
        cursor.executemany(f"INSERT INTO metering_read ({READ_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)", list(reads))

    def set_points(self, cursor: Any, points: Sequence[tuple[int, str, str]]) -> None:
        cursor.executemany(
            "UPDATE metering_read SET points = %s WHERE meter_id = %s AND time = %s",
            [(text, meter, time) for meter, time, text in points],
        )


def _literal(cell: Cell) -> str:
    if cell is None:
        return "NULL"
    return str(cell) if isinstance(cell, int) else f"'{cell}'"


def database_of(vendor: str) -> Database:
    """The statements for Django's connection vendor."""
    return PostgreSQL() if vendor == "postgresql" else SQLite()


def within(database: Database, column: str, times: Sequence[str]) -> str:
    """Bounds that are plain to the planner, so that it looks at the months concerned alone."""
    if not times:
        return "true"
    return f"{column} BETWEEN {database.instant(min(times))} AND {database.instant(max(times))}"


def differing(cursor: Any, database: Database, sent: Sequence[SentRead]) -> list[StoredRead]:
    """What is stored for those of the sent reads that are not stored already just as they were sent."""
    database.stage(cursor, sent)
    same = f"r.meter_id = s.meter_id AND r.time = s.time AND {within(database, 'r.time', [read.time for read in sent])}"
    cursor.execute(
        "SELECT s.position, CASE WHEN r.meter_id IS NULL THEN 0 ELSE 1 END,"
        ' r.register, r."interval", r.flag, CAST(r.points AS text)'
        f" FROM sent_read s {database.look_up('r', same, left=True)}"
        " WHERE r.meter_id IS NULL OR (s.register IS NOT NULL AND (r.register IS NULL OR s.register <> r.register))"
        " OR (s.points IS NOT NULL AND (r.points IS NULL OR s.points <> r.points))"
        " ORDER BY s.position"
    )
    return list(map(StoredRead._make, cursor.fetchall()))


def points_of(text: str | None) -> dict[str, Any]:
    """Stored points by name; numbers as their text, so that they compare exactly."""
    return json.loads(text, parse_int=str, parse_float=str) if text else {}


def points_order(name: str) -> tuple[int, str]:
    """The order that PostgreSQL keeps names in, so that points read the same in both databases."""
    return len(name), name


def points_text(texts: Iterable[str]) -> str:
    """Points, each `"name": value`, in `points_order`."""
    return "{" + ", ".join(texts) + "}"

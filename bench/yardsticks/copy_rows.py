"""Put rows into a bare table with the reads' columns and key, as fast as the database takes them."""

import csv
from pathlib import Path
from typing import Any

TABLE = """CREATE TABLE bare_read (
    meter_id bigint NOT NULL, time {instant} NOT NULL, register bigint, interval bigint,
    flag smallint NOT NULL DEFAULT 0, points {json}, PRIMARY KEY (meter_id, time)
)"""


def make_table(connection: Any, database: str) -> None:
    """An empty one; what an earlier run left goes."""
    cursor = connection.cursor()
    cursor.execute("DROP TABLE IF EXISTS bare_read")
    if database == "postgresql":
        cursor.execute(TABLE.format(instant="timestamptz", json="jsonb"))
        connection.commit()
    else:
        cursor.execute(TABLE.format(instant="text", json="text") + " WITHOUT ROWID")


def copy_rows(connection: Any, database: str, path: Path) -> None:
    """PostgreSQL: one COPY of the file. SQLite has none: one transaction of INSERTs."""
    cursor = connection.cursor()
    if database == "postgresql":
        with path.open() as file:
            cursor.copy_expert("COPY bare_read FROM STDIN", file)
        connection.commit()
        return
    with path.open(newline="") as file:
        cursor.execute("BEGIN IMMEDIATE")
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        cursor.executemany("INSERT INTO bare_read VALUES (?, ?, ?, ?, ?, ?)", rows)
        cursor.execute("COMMIT")

"""Lists of values as a table that a query can join, on SQLite and on PostgreSQL."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from metering.consumption.spans import Level

Rows = list[tuple[int, int, Any, Any]]
"""What is asked of a table: a place in the answer, a meter, and bounds (dates or instants)."""


def values_table(columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> tuple[str, list[Any]]:
    """SQL of a table of the rows, and its parameters. `columns` maps names to PostgreSQL's types.

    One parameter a column on PostgreSQL and one in all on SQLite, so no limit on parameters is near.
    """
    if connection.vendor == "postgresql":
        arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        return f"unnest({arrays}) AS given({', '.join(columns)})", [
            _array(column) for column in zip(*rows, strict=True)
        ]
    picks = ", ".join(f"json_extract(value, '$[{index}]') AS {name}" for index, name in enumerate(columns))
    table = f"(SELECT {picks} FROM json_each(%s)) AS given"
    return table, [json.dumps(rows, default=to_database)]


def _array(values: Iterable[Any]) -> str:
    """One literal: of an array of literals each would be adapted here and parsed there by itself."""
    return f"{{{','.join(map(str, values))}}}"


def by_key() -> dict[str, str]:
    """The words of a join that looks up each given row by the other table's key: `{join} table kept {on} condition {end}`.

    PostgreSQL cannot know how many rows are given, and would rather read the other table from end to end: behind OFFSET 0 it
    plans for one given row at a time.
    """
    if connection.vendor == "postgresql":
        return {"join": "CROSS JOIN LATERAL (SELECT * FROM", "on": "WHERE", "end": "OFFSET 0) kept"}
    return {"join": "JOIN", "on": "ON", "end": ""}


def partition_of(level: Level, low: date | datetime) -> str:
    """What rows are asked about together: all of a rollup, but reads by month, since PostgreSQL keeps them so.

    A query over the reads of one month has bounds that leave all other months out.
    """
    return f"{low:%Y-%m}" if level is Level.READ else ""


def bounds_of(rows: Rows) -> list[Any]:
    """The lowest low and the highest high, for the database."""
    return [to_database(min(row[2] for row in rows)), to_database(max(row[3] for row in rows))]


def to_database(value: Any) -> Any:
    """A date or an instant as the database's own adapter writes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    raise TypeError(f"{value!r} has no place in a query.")


def select(sql: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
    """The rows that the database answers with."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return list(cursor.fetchall())

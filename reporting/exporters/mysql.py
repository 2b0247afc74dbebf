"""MYSQL: statements that a MySQL or MariaDB server runs, whatever its sql_mode says of backslashes and quotes."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from intellimeter.common.documents.table import Kind, Table
from reporting.exporters import Wishes, writes
from reporting.exporters.rows import cell_writer, in_batches, rows_of, time_text

ROWS_A_STATEMENT = 1_000
"""Far below what a server takes in one packet by default."""
TYPES = {Kind.TEXT: "VARCHAR(255)", Kind.NUMBER: "DECIMAL(20,6)", Kind.TIME: "DATETIME", Kind.DATE: "DATE"}


@writes("MYSQL", content_type="application/sql; charset=utf-8", extension="sql")
def write_mysql(table: Table, wishes: Wishes) -> Iterator[str]:
    """The table is named by the wish, else as the report with underscores."""
    name = wishes.table_name or wishes.name.replace("-", "_")
    last = len(table.columns) - 1
    cells = [
        cell_writer(column, text=_literal, stamp=_stamp, empty="NULL", after=")" if place == last else ",")
        for place, column in enumerate(table.columns)
    ]
    columns = ",\n".join(f"  `{column.name}` {TYPES[column.kind]} NULL" for column in table.columns)
    yield f"SET NAMES utf8mb4;\nCREATE TABLE IF NOT EXISTS `{name}` (\n{columns}\n) DEFAULT CHARACTER SET utf8mb4;\n"
    names = ", ".join(f"`{column.name}`" for column in table.columns)
    rows = chain.from_iterable(rows_of(table, cells, opening="("))
    for batch in in_batches(rows, ROWS_A_STATEMENT):
        values = ",\n".join(batch)
        yield f"INSERT INTO `{name}` ({names}) VALUES\n{values};\n"


def _literal(text: str) -> str:
    """What a server's mode or a client's splitting of statements could take otherwise is written as its bytes."""
    if text.isprintable() and "\\" not in text and ";" not in text:
        return "'" + text.replace("'", "''") + "'"
    return f"_utf8mb4 X'{text.encode().hex()}'"


def _stamp(moment: date) -> str:
    return f"'{time_text(moment).replace('T', ' ')}'"

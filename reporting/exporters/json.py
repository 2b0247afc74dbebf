"""JSON, as a file and RAW as the answer itself: a list of objects with the columns' names."""

from collections.abc import Iterator
from json.encoder import encode_basestring as quoted

from intellimeter.common.documents.table import Table
from reporting.exporters import Wishes, writes
from reporting.exporters.rows import cell_writer, joined, rows_of

INDENT = "    "


@writes("JSON", content_type="application/json", extension="json")
@writes("RAW", content_type="application/json", extension=None)
def write_json(table: Table, wishes: Wishes) -> Iterator[str]:
    """Times as `YYYY-MM-DDTHH:MM:SS`, numbers as numbers, what there is none of as null."""
    new_row, new_cell, colon = (f"\n{INDENT}", f"\n{INDENT * 2}", ": ") if wishes.pretty else ("", "", ":")
    cells = [
        cell_writer(
            column,
            text=quoted,
            empty="null",
            before=f"{',' if place else ''}{new_cell}{quoted(column.name)}{colon}",
        )
        for place, column in enumerate(table.columns)
    ]
    closing = "[]"
    for piece in joined(rows_of(table, cells, opening=f"{new_row}{{", closing=f"{new_row}}}"), ","):
        yield piece if closing == "]" else f"[{piece}"
        closing = "]"
    yield f"\n{closing}" if wishes.pretty and closing == "]" else closing

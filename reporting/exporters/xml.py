"""XML: `<report>` with a `<row>` for each row and in it an element for each column, empty where there is nothing."""

from collections.abc import Iterator

from intellimeter.common.documents.table import Table
from reporting.exporters import Wishes, writes
from reporting.exporters.rows import cell_writer, rows_of
from reporting.exporters.xml_text import xml_text


@writes("XML", content_type="application/xml", extension="xml")
def write_xml(table: Table, wishes: Wishes) -> Iterator[str]:
    new_row, new_cell, end = ("\n  ", "\n    ", "\n") if wishes.pretty else ("", "", "")
    cells = [
        cell_writer(column, text=xml_text, before=f"{new_cell}<{column.name}>", after=f"</{column.name}>")
        for column in table.columns
    ]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<report>'
    for rows in rows_of(table, cells, opening=f"{new_row}<row>", closing=f"{new_row}</row>"):
        yield "".join(rows)
    yield f"{end}</report>\n"

"""CSV and TSV: RFC 4180 with a header row, and no cell that a spreadsheet would take for a formula (decisions, section 8)."""

from collections.abc import Iterator

from intellimeter.common.documents.table import Table
from intellimeter.common.portal.csv_lines import FORMULA_STARTS
from reporting.exporters import Wishes, writes
from reporting.exporters.rows import cell_writer, rows_of, time_text

END = "\r\n"


@writes("CSV", content_type="text/csv; charset=utf-8", extension="csv")
def write_csv(table: Table, wishes: Wishes) -> Iterator[str]:
    return _separated(table, ",")


@writes("TSV", content_type="text/tab-separated-values; charset=utf-8", extension="tsv")
def write_tsv(table: Table, wishes: Wishes) -> Iterator[str]:
    return _separated(table, "\t")


def _separated(table: Table, separator: str) -> Iterator[str]:
    last = len(table.columns) - 1
    cells = [
        cell_writer(column, text=_plain, stamp=time_text, after=END if place == last else separator)
        for place, column in enumerate(table.columns)
    ]
    yield separator.join(column.name for column in table.columns) + END
    for rows in rows_of(table, cells):
        yield "".join(rows)


def _plain(text: str) -> str:
    """A text with a leading ' where it could start a formula, in quotes where it needs them."""
    if text.startswith(FORMULA_STARTS):
        text = f"'{text}"
    if any(sign in text for sign in ',"\t\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text

"""XLSX: typed cells under a header that stays in view.

openpyxl makes the workbook with its styles and headers; the rows are written into its sheets here, since cell by cell it
takes ten times as long. The archive goes out while it is made, so neither memory nor a file holds it. Texts are inline
strings: whatever a name begins with, it is no formula.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO, RawIOBase
from itertools import chain, islice
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from intellimeter.common.documents.table import Column, Kind, Table
from reporting.exporters import Wishes, writes
from reporting.exporters.rows import WriteCell, cell_writer, in_batches, rows_of
from reporting.exporters.xml_text import xml_text

ROWS_A_SHEET = 1_048_575  # and the header, which is all that a sheet holds
ROWS_AT_ONCE = 1_000
WIDTHS = {Kind.TEXT: 24, Kind.NUMBER: 16, Kind.TIME: 20, Kind.DATE: 12}
NUMBER_FORMATS = {Kind.TIME: "yyyy-mm-dd hh:mm:ss", Kind.DATE: "yyyy-mm-dd"}
SHEETS = re.compile(r"xl/worksheets/sheet\d+\.xml")
EXTENT = re.compile(r"<dimension [^>]*/>")


@writes("XLSX", content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", extension="xlsx")
def write_xlsx(table: Table, wishes: Wishes) -> Iterator[bytes]:
    """On as many sheets as the rows need; times and days are Excel's, shown as ISO 8601."""
    frame = _Frame(table.columns, wishes.name)
    rows = chain.from_iterable(rows_of(table, frame.cells, opening="<row>", closing="</row>"))
    sink = _Sink()
    sheets = 0
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        first: str | None = next(rows, "")
        while first is not None:
            sheets += 1
            with archive.open(f"xl/worksheets/sheet{sheets}.xml", "w") as sheet:
                sheet.write(frame.head)
                for batch in in_batches(chain([first], islice(rows, ROWS_A_SHEET - 1)), ROWS_AT_ONCE):
                    sheet.write("".join(batch).encode())
                    yield sink.taken()
                sheet.write(frame.tail)
            first = next(rows, None)
        for name, part in frame.other_parts(sheets):
            archive.writestr(name, part)
    yield sink.taken()


class _Sink(RawIOBase):
    """A file that cannot seek, emptied by whoever sends it on."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: Any, /) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        content = b"".join(self._pieces)
        self._pieces.clear()
        return content


class _Frame:
    """The workbook around the rows: what stands before and after them in each sheet, and all other parts."""

    def __init__(self, columns: Sequence[Column], title: str):
        self._columns, self._title = columns, title
        book = self._book(1)
        sheet = EXTENT.sub("", _parts(book)["xl/worksheets/sheet1.xml"].decode())
        head, end_of_row, _samples = sheet.partition("</row>")
        self.head = (head + end_of_row).encode()
        self.tail = sheet[sheet.index("</sheetData>") :].encode()
        samples = book.worksheets[0][2]
        self.cells = [_cell_writer(column, sample.style_id) for column, sample in zip(columns, samples, strict=True)]

    def other_parts(self, sheets: int) -> Iterator[tuple[str, bytes]]:
        """All but the sheets themselves, of a workbook with so many of them."""
        parts = _parts(self._book(sheets))
        return ((name, part) for name, part in parts.items() if not SHEETS.fullmatch(name))

    def _book(self, sheets: int) -> Workbook:
        """Sheets of headers; the second row of the first has the styles of the cells to come."""
        book = Workbook()
        del book[book.sheetnames[0]]
        for number in range(1, sheets + 1):
            _head(book.create_sheet(self._title if number == 1 else f"{self._title} {number}"), self._columns)
        for place, column in enumerate(self._columns, 1):
            sample = book.worksheets[0].cell(2, place)
            sample.number_format = NUMBER_FORMATS.get(column.kind, "General")
        return book


def _head(sheet: Worksheet, columns: Sequence[Column]) -> None:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        cell = sheet.cell(1, place, column.name)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color="1F3A5F")
        cell.alignment = Alignment(horizontal="right" if column.kind is Kind.NUMBER else "left")
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[column.kind]


def _parts(book: Workbook) -> dict[str, bytes]:
    saved = BytesIO()
    book.save(saved)
    with ZipFile(saved) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _cell_writer(column: Column, style: int) -> WriteCell:
    """An empty cell stands where there is nothing, so that the next one stays in its column."""
    if column.kind is Kind.TEXT:
        opening, closing = '<c t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
    else:
        opening, closing = f'<c s="{style}"><v>', "</v></c>"
    write = cell_writer(column, text=xml_text, stamp=_serial, before=opening, after=closing)
    return lambda cell: "<c/>" if cell is None else write(cell)


def _serial(moment: date) -> str:
    return repr(to_excel(moment))

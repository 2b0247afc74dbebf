"""A table's rows as text, for any format in which a cell is the same text wherever it stands in its column.

What returns is written once: a block's shared cells, a meter's cells, a number or a time seen before. The rest is joining,
so that a million rows take a second or two.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from itertools import islice, repeat
from typing import Any

from intellimeter.common.documents.table import Column, Kind, Stored, Table

WriteCell = Callable[[Stored], str]
KNOWN_AT_MOST = 20_000


class Remembered(dict[Any, str]):
    """What has been written, by what it was written of; begun anew when there is too much of it."""

    def __init__(self, write: Callable[[Any], str]):
        super().__init__()
        self._write = write

    def __missing__(self, what: Any) -> str:
        if len(self) >= KNOWN_AT_MOST:
            self.clear()
        text = self[what] = self._write(what)
        return text


def rows_of(table: Table, cells: Sequence[WriteCell], *, opening: str = "", closing: str = "") -> Iterator[list[str]]:
    """The rows, block by block. `cells` write the cells of a column each, with all that stands before and after them."""
    columns = [Remembered(write) for write in cells]
    subjects: Remembered | None = None
    for block in table.make_blocks():
        if subjects is None:
            subjects = Remembered(partial(_joined, cells[len(block.shared) :]))
        start = opening + _joined(cells, block.shared)
        own = zip(columns[len(columns) - len(block.columns) :], block.columns, strict=True)
        texts = [map(column.__getitem__, stored) for column, stored in own]
        parts = zip(repeat(start), map(subjects.__getitem__, block.subjects), *texts, repeat(closing), strict=False)
        yield list(map("".join, parts))


def _joined(cells: Sequence[WriteCell], stored: Sequence[Stored]) -> str:
    return "".join([write(cell) for write, cell in zip(cells, stored, strict=False)])


def in_batches(rows: Iterator[str], size: int) -> Iterator[list[str]]:
    """The rows, so many at a time."""
    while batch := list(islice(rows, size)):
        yield batch


def joined(blocks: Iterator[list[str]], separator: str) -> Iterator[str]:
    """The rows with the separator between any two of them."""
    before = ""
    for rows in blocks:
        if rows:
            yield before + separator.join(rows)
            before = separator


def cell_writer(
    column: Column,
    *,
    text: Callable[[str], str],
    stamp: Callable[[date], str] | None = None,
    empty: str = "",
    before: str = "",
    after: str = "",
) -> WriteCell:
    """Writes the cells of a column, `before` and `after` around each: texts by `text`, times and days by `stamp` (else as
    ISO 8601 texts), numbers as exact decimals, and `empty` where there is nothing."""
    write: Callable[[Any], str] = text
    if column.kind is Kind.NUMBER:
        write = decimal_text
    elif column.kind in (Kind.TIME, Kind.DATE):
        write = stamp or (lambda moment: text(time_text(moment)))
    return lambda cell: f"{before}{empty if cell is None else write(cell)}{after}"


def decimal_text(millionths: int) -> str:
    """The exact number, without idle zeros and never with an exponent: 12500000 is `12.5`."""
    whole, part = divmod(abs(millionths), 1_000_000)
    sign = "-" if millionths < 0 else ""
    return f"{sign}{whole}.{part:06}".rstrip("0") if part else f"{sign}{whole}"


def time_text(moment: date) -> str:
    """`YYYY-MM-DDTHH:MM:SS`, or of a day `YYYY-MM-DD`."""
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()

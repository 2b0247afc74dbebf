"""Typed cells in blocks of rows, made as they are read: what reports yield and what every format writes (style, point 6)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import repeat
from typing import Any

from intellimeter.common.fields import from_millionths

Cell = str | Decimal | datetime | date | None
"""Text, a number, a local time without a zone, a day, or nothing."""
Stored = str | int | datetime | date | None
"""A cell as blocks have it: a number is whole millionths there, since a million Decimals cost more than all else."""


class Kind(StrEnum):
    """What the cells of a column are, where they are not empty."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the name that every format shows."""

    name: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows. The first columns have the `shared` cells in each of them; then come the cells of `subjects`, one tuple a
    row, which return in other blocks (whose row it is), so that a writer need write them once; then `columns`."""

    shared: tuple[Stored, ...]
    subjects: Sequence[tuple[Stored, ...]]
    columns: tuple[Sequence[Stored], ...]

    def __len__(self) -> int:
        return len(self.subjects)

    def rows(self) -> Iterator[tuple[Stored, ...]]:
        """Row by row."""
        own = zip(*self.columns, strict=True) if self.columns else repeat((), len(self))
        return ((*self.shared, *subject, *cells) for subject, cells in zip(self.subjects, own, strict=True))


@dataclass(frozen=True, slots=True)
class Table:
    """`make_blocks` begins a new walk through the rows each time; a row has a cell for each column, in their order."""

    columns: Sequence[Column]
    make_blocks: Callable[[], Iterator[Block]]

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        """Row by row, numbers as Decimal."""
        numbers = [column.kind is Kind.NUMBER for column in self.columns]
        for block in self.make_blocks():
            for row in block.rows():
                yield tuple(_cell(cell, number) for cell, number in zip(row, numbers, strict=True))


def _cell(stored: Any, number: bool) -> Cell:
    cell: Cell = from_millionths(stored) if number and stored is not None else stored
    return cell

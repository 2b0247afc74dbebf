"""Rows of typed cells, made as they are read: what reports yield and what every format writes (style, point 6)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

Cell = str | Decimal | datetime | None
"""Text, a number, a local time without a zone, or nothing."""


class Kind(StrEnum):
    """What the cells of a column are, where they are not empty."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the name that every format shows."""

    name: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """`make_rows` begins a new walk through the rows each time; a row has a cell for each column, in their order."""

    columns: Sequence[Column]
    make_rows: Callable[[], Iterator[tuple[Cell, ...]]]

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return self.make_rows()

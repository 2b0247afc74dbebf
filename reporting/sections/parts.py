"""What sections are made of: words, charts, and tables whose figures are written alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from intellimeter.common.documents import figures

NOTHING = "–"
MINUS = "−"
MARK = "†"
SHORT = 14  # rows
MILLION = 1_000_000
PLACES = ((100, 3), (1_000, 2), (100_000, 1))
SHORT_PLACES = ((10, 2), (100, 1))

Cell = str | int | Decimal | date | None


class Kind(StrEnum):
    """What the cells of a column are; all amounts of a table are in its unit and have the same decimal places."""

    TEXT = "text"
    DAY = "day"  # text that is kept in one line
    AMOUNT = "amount"
    CHANGE = "change"  # a part of 1, written as percent with its sign
    SHARE = "share"  # a part of 1, written as percent
    COUNT = "count"
    SHORT = "short"  # an amount in a narrow column: in about three figures, and whole up to a million


@dataclass(frozen=True, slots=True)
class Column:
    """A heading over cells of a kind."""

    label: str
    kind: Kind = Kind.AMOUNT


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns. A marked one rests on incomplete reads."""

    cells: Sequence[Cell]
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is printed."""

    text: str
    kind: Kind
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `quiet` where it is a note."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: its SVG, and what it shows for who cannot see it."""

    title: str
    svg: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under a title, which says the unit of its amounts."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    totals: Sequence[Row] = field(default=())
    dense: bool = False

    def body(self) -> list[list[Shown]]:
        """The rows as they are printed."""
        return self._shown(self.rows)

    def foot(self) -> list[list[Shown]]:
        """The totals as they are printed."""
        return self._shown(self.totals)

    @property
    def short(self) -> bool:
        """Whether it is better moved to the next page than cut."""
        return len(self.rows) <= SHORT

    @property
    def marked(self) -> bool:
        """Whether any row rests on incomplete reads."""
        return any(row.marked for row in self.rows)

    def _shown(self, rows: Iterable[Row]) -> list[list[Shown]]:
        places = {
            Kind.AMOUNT: places_for(self._amounts(Kind.AMOUNT), PLACES),
            Kind.SHORT: places_for(self._amounts(Kind.SHORT), SHORT_PLACES),
        }
        name = next(column for column in self.columns if column.kind is Kind.TEXT)
        return [
            [
                Shown(
                    _written(cell, column.kind, places.get(column.kind, 0)), column.kind, row.marked and column is name
                )
                for cell, column in zip(row.cells, self.columns, strict=True)
            ]
            for row in rows
        ]

    def _amounts(self, kind: Kind) -> Iterator[Decimal]:
        """Those of the columns of a kind, the totals' too."""
        for row in [*self.rows, *self.totals]:
            for cell, column in zip(row.cells, self.columns, strict=True):
                if column.kind is kind and isinstance(cell, Decimal):
                    yield cell


Part = Words | Picture | Grid


def places_for(amounts: Iterable[Decimal], rule: Sequence[tuple[int, int]] = PLACES) -> int:
    """Decimal places that write amounts alike: exact where that is short, fewer the larger the amounts are.

    The rule says how many there are at most below which amount; from its last on there is none.
    """
    amounts = list(amounts)
    top = max((abs(amount) for amount in amounts), default=Decimal(0))
    most = next((places for limit, places in rule if top < limit), 0)
    return min(most, figures.alike(amounts))


def amount(value: Decimal | None, places: int) -> str:
    """`1,234.5`, or `−1,234.5` below zero, rounded half up; a dash where there is none."""
    if value is None:
        return NOTHING
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,f}"


def percent(part: Decimal | None, *, signed: bool = False) -> str:
    """A part of 1 as percent with one decimal, `12.3%` or `+12.3%`; a dash where there is none."""
    if part is None:
        return NOTHING
    rounded = (part * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    sign = ("+" if rounded > 0 else MINUS if rounded < 0 else "±") if signed else ""
    return f"{sign}{abs(rounded) if signed else rounded:,f}%"


def _written(cell: Cell, kind: Kind, places: int) -> str:
    if cell is None:
        return NOTHING
    if isinstance(cell, Decimal):
        match kind:
            case Kind.CHANGE:
                return percent(cell, signed=True)
            case Kind.SHARE:
                return percent(cell)
            case Kind.SHORT:
                return amount(cell, places) if abs(cell) < MILLION else figures.rounded(cell)
            case _:
                return amount(cell, places)
    return f"{cell:,}" if isinstance(cell, int) else figures.short_day(cell) if isinstance(cell, date) else cell

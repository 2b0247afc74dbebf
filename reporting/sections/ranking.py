"""The largest of properties or suites: what the four sections of rankings share."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from intellimeter.common.documents.charts_ranked import RankedBar, ranked_bars
from metering.enums import Utility
from reporting.sections.estate import Estate, Use, change, names_of, total
from reporting.sections.parts import Column, Grid, Kind, Part, Picture, Row, Words
from reporting.sections.words import BEFORE, THIS

TOP = 10
FIGURES = (
    Column("This period"),
    Column("Share", Kind.SHARE),
    Column("Period before"),
    Column("Change", Kind.CHANGE),
)


def largest(uses: Sequence[Use]) -> list[Use]:
    """The ten that used the most, the largest first; equal ones by name. What was not read has no rank."""
    known = [use for use in uses if use.now is not None]
    return sorted(known, key=lambda use: (-(use.now or Decimal(0)), use.name))[:TOP]


def chart(uses: Sequence[Use], utility: Utility, *, what: str, with_owner: bool) -> Iterator[Part]:
    """The largest as bars beside what they used before; words that say of how many."""
    top = largest(uses)
    bars = [RankedBar(_name(use, with_owner=with_owner), use.now, other=use.before) for use in top]
    title = str(utility.label)
    [svg] = ranked_bars(title=title, unit=utility.unit_label, bars=bars, names=(THIS, BEFORE))
    yield Picture(f"{title}: largest {what}", svg)
    yield from _of_how_many(uses, what)


def table(estate: Estate, uses: Sequence[Use], utility: Utility, *, what: str, names: Sequence[str]) -> Iterator[Part]:
    """The largest with rank, share of the whole, and change. `names` are the headings over name, or name and property."""
    top = largest(uses)
    whole = total(use.now for use in uses)
    rows = []
    for rank, use in enumerate(top, 1):
        named = (use.name,) if len(names) == 1 else (use.name, use.owner.display_name)
        cells = (str(rank), *named, use.now, _share(use.now, whole), use.before, use.change)
        rows.append(Row(cells, marked=use.marked))
    told = total(use.now for use in top), total(use.before for use in top)
    blank = [""] * (len(names) - 1)
    label = "Together" if len(top) == len(uses) else f"These {len(top)} together"
    sums = Row(("", label, *blank, told[0], _share(told[0], whole), told[1], change(*told)))
    columns = (Column("#", Kind.COUNT), *(Column(name, Kind.TEXT) for name in names), *FIGURES)
    yield Grid(names_of(utility), columns, rows, [sums] if len(top) > 1 else [])
    yield from _of_how_many(uses, what)


def _of_how_many(uses: Sequence[Use], what: str) -> Iterator[Part]:
    count = sum(use.now is not None for use in uses)
    if count > TOP:
        yield Words(f"The {TOP} largest of {count:,} {what} with reads in this period.", quiet=True)


def _name(use: Use, *, with_owner: bool) -> str:
    return f"{use.name} · {use.owner.display_name}" if with_owner else use.name


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return part / whole if part is not None and whole else None

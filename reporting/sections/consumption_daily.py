"""ConsumptionDaily: each day of the period as a line, over the period before; and the days that stand out."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from intellimeter.common.documents.charts_line import Line, line_chart
from metering.enums import Utility
from metering.models import Property
from reporting.sections import section
from reporting.sections.estate import Estate, days_between, names_of
from reporting.sections.parts import Column, Grid, Kind, Part, Picture, Row
from reporting.sections.words import BEFORE, THIS, day_and_month, unread

TICKS = 8
COLUMNS = (
    Column("Property", Kind.TEXT),
    Column("Average a day"),
    Column("Highest day"),
    Column("on", Kind.DAY),
    Column("Lowest day"),
    Column("on", Kind.DAY),
)


@section(
    "ConsumptionDaily",
    title="Day by day",
    lead="What all properties used on each day. The dashed line is the period before, laid over it from its first day.",
)
def consumption_daily(estate: Estate) -> Iterator[Part]:
    """A chart and a table per utility."""
    for utility in estate.utilities:
        if not estate.was_used(utility):
            yield unread(utility)
            continue
        yield Picture(f"{utility.label} by day", _chart(estate, utility))
        rows = [_row(estate, owner, utility) for owner in estate.with_meters(utility)]
        yield Grid(f"Days that stand out: {names_of(utility)}", COLUMNS, rows)


def _chart(estate: Estate, utility: Utility) -> str:
    used = estate.all_days(utility)
    before = days_between(estate.span.before, estate.span.first)[: len(estate.days)]
    lines = [Line(THIS, [used.get(day) for day in estate.days], strong=True)]
    if any(day in used for day in before):
        lines.append(Line(BEFORE, [used.get(day) for day in before]))
    return line_chart(title=str(utility.label), unit=utility.unit_label, lines=lines, ticks=_ticks(estate.days))


def _ticks(days: list[date]) -> list[tuple[int, str]]:
    apart = max(1, -(-len(days) // TICKS))
    return [(place, day_and_month(days[place])) for place in range(0, len(days), apart)]


def _row(estate: Estate, owner: Property, utility: Utility) -> Row:
    days = estate.in_days(owner, utility)
    marked = estate.is_marked(owner, utility)
    if not days:
        return Row((owner.display_name, None, None, None, None, None), marked=marked)
    highest, lowest = max(days, key=lambda day: (days[day], day)), min(days, key=lambda day: (days[day], day))
    average = sum(days.values(), Decimal(0)) / len(days)
    cells = (owner.display_name, average, days[highest], _named(highest), days[lowest], _named(lowest))
    return Row(cells, marked=marked)


def _named(day: date) -> str:
    return f"{day:%a}, {day_and_month(day)}"

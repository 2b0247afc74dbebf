"""ConsumptionMonthly: twelve months as bars, and month by month for each property."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from intellimeter.common.documents.charts import Bar, bar_chart
from intellimeter.common.documents.figures import MONTHS as MONTH_NAMES
from reporting.schedules.calendar import add_months
from reporting.sections import section
from reporting.sections.estate import Days, Estate, added
from reporting.sections.parts import Column, Grid, Kind, Part, Picture, Row, Words
from reporting.sections.words import day_and_month, unread

WIDE, TALL = 686, 128


@section(
    "ConsumptionMonthly",
    title="Month by month",
    lead="Twelve calendar months, the last of them that of the period’s last day. Months of the period are set in bold.",
)
def consumption_monthly(estate: Estate) -> Iterator[Part]:
    """A chart per utility over all properties, and a table where there are several."""
    drawn = False
    for utility in estate.utilities:
        owners = estate.with_meters(utility)
        months = {owner.pk: estate.in_months(owner, utility) for owner in owners}
        whole = added(months.values())
        if not whole:
            continue
        drawn = True
        bars = [Bar(_label(month), whole.get(month), strong=_in_period(month, estate)) for month in estate.months]
        title = str(utility.label)
        svg = bar_chart(title=title, unit=utility.unit_label, bars=bars, width=WIDE, height=TALL)
        yield Picture(f"{title} by month", svg)
        if len(owners) > 1:
            rows = [_row(owner.display_name, months[owner.pk], estate) for owner in owners]
            yield Grid(
                f"{title} of each property ({utility.unit_label})",
                _columns(estate),
                rows,
                [_row("All", whole, estate)],
                dense=True,
            )
    if not drawn:
        return
    yield from (unread(utility) for utility in estate.utilities if not estate.was_used(utility))
    if add_months(estate.months[-1], 1) > estate.span.until:
        yield Words(f"The last month is counted up to {day_and_month(estate.span.last)}.", quiet=True)


def _in_period(month: date, estate: Estate) -> bool:
    return month < estate.span.until and add_months(month, 1) > estate.span.first


def _label(month: date) -> str:
    name = MONTH_NAMES[month.month - 1][:3]
    return f"{name}\n{month.year}"


def _columns(estate: Estate) -> list[Column]:
    names = [f"{MONTH_NAMES[month.month - 1][:3]} {month:%y}" for month in estate.months]
    return [Column("Property", Kind.TEXT), *(Column(name, Kind.SHORT) for name in names)]


def _row(name: str, months: Days, estate: Estate) -> Row:
    cells: list[str | Decimal | None] = [name, *(months.get(month) for month in estate.months)]
    return Row(cells)

"""WeekendTable: weekdays against weekends, property by property."""

from collections.abc import Iterator

from reporting.sections import section
from reporting.sections.estate import Days, Estate, added, change, names_of
from reporting.sections.parts import Column, Grid, Kind, Part, Row
from reporting.sections.weekend import week_of

COLUMNS = (
    Column("Property", Kind.TEXT),
    Column("Weekdays"),
    Column("Weekends"),
    Column("Weekend share", Kind.SHARE),
    Column("Average weekday"),
    Column("Average weekend day"),
    Column("Weekend day against weekday", Kind.CHANGE),
)


@section(
    "WeekendTable",
    title="Weekdays and weekends by property",
    lead="Totals of the period, and the average weekday beside the average Saturday or Sunday.",
)
def weekend_table(estate: Estate) -> Iterator[Part]:
    """A table per utility, with a total over the properties."""
    for utility in estate.utilities:
        owners = estate.with_meters(utility)
        days = {owner.pk: estate.in_days(owner, utility) for owner in owners}
        rows = [_row(owner.display_name, days[owner.pk], marked=estate.is_marked(owner, utility)) for owner in owners]
        totals = [_row("All properties", added(days.values()))] if len(owners) > 1 else []
        yield Grid(names_of(utility), COLUMNS, rows, totals)


def _row(name: str, days: Days, *, marked: bool = False) -> Row:
    week = week_of(days)
    known = bool(days)
    cells = (
        name,
        week.weekdays if known else None,
        week.weekends if known else None,
        week.weekend_share,
        week.a_weekday,
        week.a_weekend_day,
        change(week.a_weekend_day, week.a_weekday),
    )
    return Row(cells, marked=marked)

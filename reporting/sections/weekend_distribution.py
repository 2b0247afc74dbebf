"""WeekendDistribution: weekdays against weekends, and the week day by day."""

from collections.abc import Iterator
from decimal import Decimal

from intellimeter.common.documents.charts import Bar, bar_chart
from intellimeter.common.documents.charts_ranked import Part as Half
from intellimeter.common.documents.charts_ranked import RankedBar, ranked_bars, split_bar
from metering.enums import Utility
from reporting.sections import section
from reporting.sections.estate import Days, Estate, added
from reporting.sections.parts import Part, Picture
from reporting.sections.weekend import SATURDAY, week_of
from reporting.sections.words import days_of, unread

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WIDE, TALL = 686, 112


@section(
    "WeekendDistribution",
    title="Weekdays and weekends",
    lead="How the use falls on weekdays and on weekends (Saturday and Sunday), and what an average day of each uses.",
)
def weekend_distribution(estate: Estate) -> Iterator[Part]:
    """Per utility: the two shares, the average of each day of the week, and the properties beside each other."""
    for utility in estate.utilities:
        if estate.was_used(utility):
            yield from _charts(estate, utility)
        else:
            yield unread(utility)


def _charts(estate: Estate, utility: Utility) -> Iterator[Part]:
    title, unit = str(utility.label), utility.unit_label
    each = {owner.display_name: estate.in_days(owner, utility) for owner in estate.with_meters(utility)}
    whole = added(each.values())
    week = week_of(whole)
    weekdays = Half(f"Weekdays, {days_of(week.weekday_count)}", week.weekdays)
    weekends = Half(f"Weekends, {days_of(week.weekend_count)}", week.weekends)
    yield Picture(f"{title}: weekdays and weekends", split_bar(title=title, unit=unit, first=weekdays, second=weekends))
    bars = [Bar(name, _average(whole, number), strong=number >= SATURDAY) for number, name in enumerate(DAYS)]
    heading = f"{title}, average of each day of the week"
    yield Picture(heading, bar_chart(title=heading, unit=unit, bars=bars, width=WIDE, height=TALL))
    if len(each) > 1:
        heading = f"{title}, average day of each property"
        rows = [_paired(name, days) for name, days in each.items()]
        for svg in ranked_bars(title=heading, unit=unit, bars=rows, names=("weekday", "weekend day")):
            yield Picture(heading, svg)


def _average(days: Days, weekday: int) -> Decimal | None:
    found = [used for day, used in days.items() if day.weekday() == weekday]
    return sum(found, Decimal(0)) / len(found) if found else None


def _paired(name: str, days: Days) -> RankedBar:
    week = week_of(days)
    return RankedBar(name, week.a_weekday, other=week.a_weekend_day)

"""Which days a service bills on, and for which local days (decisions, section 7). Pure: dates in, dates out.

A service with `day_of_month` D has a billing day in each month: D, or the last day of a shorter month. On it the period
is billed that ends with it, from local midnight of the billing day before.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from intellimeter.common.local_time import day_start

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Local days from `start` up to, not including, `end`."""

    start: date
    end: date

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Local midnight to local midnight, as UTC instants."""
        return day_start(self.start, zone), day_start(self.end, zone)

    @property
    def last_day(self) -> date:
        return self.end - DAY


def first_of_month(day: date, months: int = 0) -> date:
    """The first of the day's month, or of one so many months later (earlier where negative)."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


@lru_cache(maxsize=1024)  # a property's services mostly share theirs
def billing_day(month: date, day_of_month: int) -> date:
    """The billing day in the month of the given day."""
    return month.replace(day=min(day_of_month, monthrange(month.year, month.month)[1]))


def billing_days(day_of_month: int, first: date, last: date) -> Iterator[date]:
    """The billing days from `first` to `last`, both included, oldest first."""
    month = first_of_month(first)
    while month <= last:
        if first <= (day := billing_day(month, day_of_month)) <= last:
            yield day
        month = first_of_month(month, 1)


def billing_day_of(month: date, day_of_month: int) -> date:
    """The billing day of the period whose last day lies in the month: for D = 1 it is the first of the month after."""
    return billing_day(month, day_of_month) if day_of_month > 1 else first_of_month(month, 1)


def unbilled_period(day: date, day_of_month: int, billed: Iterable[Period]) -> Period | None:
    """What is to be billed on the billing day, or None if `billed` leaves nothing.

    From the billing day before, or from the end of what is billed already where that is later: no day is billed twice,
    also not after `day_of_month` was changed.
    """
    start = billing_day(first_of_month(day, -1), day_of_month)
    start = max([start, *(period.end for period in billed if period.start < day)])
    return Period(start, day) if start < day else None


def months_before(day: date, count: int) -> list[date]:
    """The first days of so many months, the last of them the given day's, oldest first."""
    return [first_of_month(day, -back) for back in reversed(range(count))]

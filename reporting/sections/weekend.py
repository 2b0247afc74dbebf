"""Weekdays against weekends: what both sections about them rest on. The weekend is Saturday and Sunday."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reporting.sections.estate import Days

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Week:
    """What was used on weekdays and on weekends, and on how many days with reads of each."""

    weekdays: Decimal
    weekends: Decimal
    weekday_count: int
    weekend_count: int

    @property
    def a_weekday(self) -> Decimal | None:
        """The average weekday."""
        return self.weekdays / self.weekday_count if self.weekday_count else None

    @property
    def a_weekend_day(self) -> Decimal | None:
        """The average Saturday or Sunday."""
        return self.weekends / self.weekend_count if self.weekend_count else None

    @property
    def weekend_share(self) -> Decimal | None:
        """The weekends' part of the whole."""
        whole = self.weekdays + self.weekends
        return self.weekends / whole if whole else None


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= SATURDAY


def week_of(days: Days) -> Week:
    """The days' use, parted."""
    ends = [used for day, used in days.items() if is_weekend(day)]
    others = [used for day, used in days.items() if not is_weekend(day)]
    return Week(sum(others, Decimal(0)), sum(ends, Decimal(0)), len(others), len(ends))

"""The same day of other months."""

from datetime import date, timedelta


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month (of a later one, where `months` is negative), or that month's last day."""
    number = day.year * 12 + day.month - 1 - months
    first = date(number // 12, number % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))

"""Phrases that several sections share."""

from datetime import date

from intellimeter.common.documents import figures
from metering.enums import Utility
from reporting.sections.estate import Estate
from reporting.sections.parts import Words

THIS, BEFORE = "this period", "period before"


def nothing(estate: Estate) -> Words:
    """Where there is nothing to show: what that means, and what would change it."""
    if not estate.properties:
        return Words("There is no property to report on: none has been given to this report’s owner yet.")
    if not estate.meters:
        return Words(
            "These properties have no meters yet. As soon as meters are set up and read, their figures stand here."
        )
    return Words(
        f"No meter of these properties was read in the period, {figures.days(estate.span.first, estate.span.last)}, so there "
        "is nothing to show."
    )


def unread(utility: Utility) -> Words:
    """Where a utility has meters, and none was read."""
    return Words(f"{utility.label}: no meter was read in this period.", quiet=True)


def days_of(count: int) -> str:
    """`31 days`."""
    return "1 day" if count == 1 else f"{count:,} days"


def day_and_month(day: date) -> str:
    """`Mar 1`."""
    return f"{figures.MONTHS[day.month - 1][:3]} {day.day}"

"""How figures and times are written for people: one way in HTML, ODT, PDF and mail alike.

Money is `$1,234.56`; other figures are exact, grouped by thousands and without idle zeros, so that a reader can check a
sum by hand. Times are the local ones they are given, never the server's.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
TENTH_OF_A_CENT = Decimal("0.001")
MOST_PLACES = 12


def money(dollars: Decimal) -> str:
    """`$1,234.56`, or `-$1,234.56` below zero."""
    return f"{'-' if dollars < 0 else ''}${abs(dollars):,.2f}"


def quantity(value: Decimal, places: int = 0) -> str:
    """The exact figure, `1,234.5`, with at least so many decimal places."""
    return f"{value:,.{max(places, decimal_places(value))}f}"


def decimal_places(value: Decimal) -> int:
    """How many decimal places the figure needs."""
    exponent = EXACT.plus(value).normalize(EXACT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def alike(values: Iterable[Decimal]) -> int:
    """The decimal places that write all of the figures exactly, so that they stand under one another."""
    return max((decimal_places(value) for value in values), default=0)


def rounded(value: Decimal) -> str:
    """About three significant figures, for the label of a bar: `0.42`, `41.3`, `412`, `1,234`, `12.3k`, `4.56M`."""
    for size, suffix in ((Decimal(10) ** 6, "M"), (Decimal(10) ** 3, "k")):
        if abs(value) >= size * (10 if suffix == "k" else 1):
            return f"{_three_figures(value / size)}{suffix}"
    return _three_figures(value)


def _three_figures(value: Decimal) -> str:
    places = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):,f}" if value else "0"


def rate(cents: Decimal, unit: str) -> str:
    """Cents per unit: `13 ¢/kWh`."""
    return f"{quantity(cents)} ¢/{unit}"


def percent(value: Decimal) -> str:
    """`13%`, exact."""
    return f"{quantity(value)}%"


def share(part: Decimal, of_dollars: Decimal) -> str:
    """A part of 1 as percent, with the places that its product with the dollars needs to come out right to the cent."""
    value = part * 100
    for places in range(2, MOST_PLACES - 2):
        shown = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        if abs(shown - value) * of_dollars <= TENTH_OF_A_CENT * 100:
            return f"{quantity(shown, 2)}%"
    return f"{quantity(value, 2)}%"


def day(value: date) -> str:
    """`March 1, 2021`."""
    return f"{MONTHS[value.month - 1]} {value.day}, {value.year}"


def short_day(value: date) -> str:
    """`Mar 1, 2021`."""
    return f"{MONTHS[value.month - 1][:3]} {value.day}, {value.year}"


def days(first: date, last: date) -> str:
    """`March 1 to 31, 2021`; the month and the year are said once where both days share them."""
    if first.year != last.year:
        return f"{day(first)} to {day(last)}"
    if first.month != last.month:
        return f"{MONTHS[first.month - 1]} {first.day} to {day(last)}"
    return day(last) if first == last else f"{MONTHS[first.month - 1]} {first.day} to {last.day}, {last.year}"


def month(value: date) -> str:
    """`Mar 2021`."""
    return f"{MONTHS[value.month - 1][:3]} {value.year}"


def stamp(local: datetime) -> str:
    """A local time of day to the minute, `2021-03-01 00:00`; with its seconds where it has any."""
    return local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")

"""Hypothesis strategies for what meters live through: rollovers, resets, outliers, gaps, silent registers, clocks."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st

QUARTER = timedelta(minutes=15)
THIRD = timedelta(hours=8)


class Place(NamedTuple):
    """A zone, and the middle of a span in which its clocks change or the calendar turns; `unit` says how long the span is:
    eight days of quarter hours, or most of a year in thirds of a day."""

    zone: str
    middle: datetime
    unit: timedelta = QUARTER


CHANGES = [
    Place("America/Toronto", datetime(2021, 3, 14, 7, tzinfo=UTC)),
    Place("America/Toronto", datetime(2021, 11, 7, 6, tzinfo=UTC)),
    Place("America/St_Johns", datetime(2021, 3, 14, 5, 30, tzinfo=UTC)),
    Place("America/St_Johns", datetime(2021, 11, 7, 4, 30, tzinfo=UTC)),
    Place("Asia/Kolkata", datetime(2020, 12, 31, 18, 30, tzinfo=UTC)),
    Place("Australia/Lord_Howe", datetime(2021, 4, 3, 15, tzinfo=UTC)),
    Place("Australia/Lord_Howe", datetime(2021, 10, 2, 15, 30, tzinfo=UTC)),
    Place("America/Havana", datetime(2021, 11, 7, 5, tzinfo=UTC)),
    Place("America/Asuncion", datetime(2021, 10, 3, 4, tzinfo=UTC)),
    Place("Asia/Kathmandu", datetime(2020, 12, 31, 18, 15, tzinfo=UTC)),
]
PLACES = CHANGES + [place._replace(unit=THIRD) for place in CHANGES[::2]]
REGISTER_MAX = Decimal(1000)

units = st.integers(-4 * 24 * 4, 4 * 24 * 4)

odd_seconds = st.sampled_from([0, 0, 0, 1, 450, 899])


@st.composite
def instants(draw, place: Place) -> datetime:
    """A whole unit from the middle as a rule, sometimes off it."""
    return place.middle + place.unit * draw(units) + timedelta(seconds=draw(odd_seconds))


@st.composite
def ranges(draw, place: Place, times: list[datetime]) -> tuple[datetime, datetime]:
    """A start before an end, often right at a read, where one second decides."""
    bounds = st.one_of(instants(place), st.sampled_from(times)) if times else instants(place)
    first, second = sorted([draw(bounds), draw(bounds)])
    return (first, second) if first < second else (first - timedelta(seconds=1), second)


registers = st.one_of(
    st.decimals(0, 999, places=3),
    st.decimals(400, 410, places=6),
    st.sampled_from([Decimal(0), Decimal(5), Decimal("999.999999")]),
)


@st.composite
def histories(draw, place: Place) -> list[tuple[datetime, Decimal | None]]:
    """A meter's reads: mostly climbing registers, with all that can go wrong thrown in."""
    times = draw(st.lists(instants(place), max_size=40, unique=True).map(sorted))
    register, reads = draw(st.decimals(0, 999, places=3)), []
    for time in times:
        kind = draw(st.integers(0, 9))
        if kind == 0:
            reads.append((time, None))
        elif kind == 1:
            reads.append((time, draw(registers)))
        else:
            register = (register + draw(st.decimals(0, 60, places=6))) % REGISTER_MAX
            reads.append((time, register))
    return reads

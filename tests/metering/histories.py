"""Hypothesis strategies for what meters live through: rollovers, resets, outliers, gaps, silent registers, clocks."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

# A zone, and the middle of a span in which its clocks change or the calendar turns.
PLACES = [
    ("America/Toronto", datetime(2021, 3, 14, 7, tzinfo=UTC)),
    ("America/Toronto", datetime(2021, 11, 7, 6, tzinfo=UTC)),
    ("America/St_Johns", datetime(2021, 3, 14, 5, 30, tzinfo=UTC)),
    ("America/St_Johns", datetime(2021, 11, 7, 4, 30, tzinfo=UTC)),
    ("Asia/Kolkata", datetime(2021, 1, 1, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2021, 4, 3, 15, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2021, 10, 2, 15, 30, tzinfo=UTC)),
    ("America/Havana", datetime(2021, 11, 7, 5, tzinfo=UTC)),
    ("America/Asuncion", datetime(2021, 10, 3, 4, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2020, 12, 31, 18, 15, tzinfo=UTC)),
]
REGISTER_MAX = Decimal(1000)

quarters = st.integers(-4 * 24 * 4, 4 * 24 * 4)
"""Quarter hours from the middle: eight days in all."""

odd_seconds = st.sampled_from([0, 0, 0, 1, 450, 899])


@st.composite
def instants(draw, middle: datetime) -> datetime:
    """A whole quarter hour as a rule, sometimes off it."""
    return middle + timedelta(minutes=15 * draw(quarters), seconds=draw(odd_seconds))


@st.composite
def ranges(draw, middle: datetime, times: list[datetime]) -> tuple[datetime, datetime]:
    """A start before an end, often right at a read, where one second decides."""
    bounds = st.one_of(instants(middle), st.sampled_from(times)) if times else instants(middle)
    first, second = sorted([draw(bounds), draw(bounds)])
    return (first, second) if first < second else (first - timedelta(seconds=1), second)


registers = st.one_of(
    st.decimals(0, 999, places=3),
    st.decimals(400, 410, places=6),
    st.sampled_from([Decimal(0), Decimal(5), Decimal("999.999999")]),
)


@st.composite
def histories(draw, middle: datetime) -> list[tuple[datetime, Decimal | None]]:
    """A meter's reads: mostly climbing registers, with all that can go wrong thrown in."""
    times = draw(st.lists(instants(middle), max_size=40, unique=True).map(sorted))
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

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.enums import Repeat
from reporting.schedules.calendar import DAY, Rhythm, Span, add_months

MONTHLY = Rhythm(date(2021, 1, 31), Repeat.MONTH, 1)
RHYTHMS = st.builds(
    Rhythm,
    st.dates(date(1970, 1, 1), date(2199, 12, 31)),
    st.sampled_from([Repeat.DAY, Repeat.WEEK, Repeat.MONTH, Repeat.YEAR]),
    st.integers(1, 366),
)


def test_a_months_31st_is_its_last_day():
    assert [MONTHLY.due(number) for number in range(5)] == [
        date(2021, 1, 31),
        date(2021, 2, 28),
        date(2021, 3, 31),
        date(2021, 4, 30),
        date(2021, 5, 31),
    ]


@pytest.mark.parametrize(
    ("repeat", "period", "second"),
    [
        (Repeat.DAY, 1, date(2020, 3, 1)),
        (Repeat.DAY, 10, date(2020, 3, 10)),
        (Repeat.WEEK, 2, date(2020, 3, 14)),
        (Repeat.MONTH, 3, date(2020, 5, 29)),
        (Repeat.YEAR, 1, date(2021, 2, 28)),
        (Repeat.YEAR, 4, date(2024, 2, 29)),
    ],
)
def test_due_dates_are_counted_from_the_start(repeat, period, second):
    rhythm = Rhythm(date(2020, 2, 29), repeat, period)

    assert rhythm.due(1) == second
    assert rhythm.next_due_after(date(2020, 2, 28)) == date(2020, 2, 29)
    assert rhythm.next_due_after(date(2020, 2, 29)) == second


def test_nothing_is_due_before_the_start_or_after_the_end():
    rhythm = Rhythm(date(2021, 1, 31), Repeat.MONTH, 1, end=date(2021, 3, 31))

    assert rhythm.last_due_by(date(2021, 1, 30)) is None
    assert rhythm.last_due_by(date(2021, 12, 1)) == date(2021, 3, 31)
    assert rhythm.next_due_after(date(2021, 2, 28)) == date(2021, 3, 31)
    assert rhythm.next_due_after(date(2021, 3, 31)) is None


def test_never_is_never_due():
    rhythm = Rhythm(date(2021, 1, 31), Repeat.NEVER, 1)

    assert rhythm.last_due_by(date(2030, 1, 1)) is None
    assert rhythm.next_due_after(date(2020, 1, 1)) is None


@settings(max_examples=60)
@given(RHYTHMS, st.dates(date(1970, 1, 1), date(2199, 12, 31)))
def test_next_and_last_meet_at_every_day(rhythm, day):
    following = rhythm.next_due_after(day)
    last = rhythm.last_due_by(day)

    assert following > day
    assert last is None or last <= day
    assert last is None or rhythm.next_due_after(last) == following
    assert rhythm.last_due_by(following) == following
    assert rhythm.last_due_by(following - DAY) == last


def test_a_due_report_covers_the_time_since_the_due_date_before():
    assert MONTHLY.span_of(date(2021, 3, 31)) == Span(date(2021, 1, 31), date(2021, 2, 28), date(2021, 3, 31))


def test_the_first_covers_as_long_before_the_start():
    assert MONTHLY.span_of(date(2021, 1, 31)) == Span(date(2020, 11, 30), date(2020, 12, 31), date(2021, 1, 31))


@pytest.mark.parametrize(
    ("rhythm", "day", "span"),
    [
        (
            Rhythm(date(2021, 5, 25), Repeat.NEVER, 1),
            date(2021, 3, 31),
            (date(2021, 1, 31), date(2021, 2, 28), date(2021, 3, 31)),
        ),
        (MONTHLY, date(2021, 3, 10), (date(2021, 2, 18), date(2021, 2, 28), date(2021, 3, 10))),
        (MONTHLY, date(2021, 2, 28), (date(2021, 1, 3), date(2021, 1, 31), date(2021, 2, 28))),
        (MONTHLY, date(2021, 1, 15), (date(2020, 11, 15), date(2020, 12, 15), date(2021, 1, 15))),
    ],
    ids=["never: a month", "since the last due date", "on a due date", "before the first"],
)
def test_a_report_on_request_covers_the_time_since_the_last_due_date(rhythm, day, span):
    assert rhythm.span_on(day) == Span(*span)


@settings(max_examples=60)
@given(RHYTHMS, st.dates(date(1970, 1, 1), date(2199, 12, 31)))
def test_every_span_has_days(rhythm, day):
    for span in (rhythm.span_on(day), rhythm.span_of(rhythm.due(3))):
        assert span.before < span.first < span.until


def test_add_months_goes_back_too():
    assert add_months(date(2021, 3, 31), -1) == date(2021, 2, 28)
    assert add_months(date(2021, 1, 15), -13) == date(2019, 12, 15)
    assert add_months(date(2020, 12, 31), 2) - date(2021, 2, 28) == timedelta(0)

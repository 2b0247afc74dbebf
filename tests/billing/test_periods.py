"""Billing days and periods (decisions, section 7)."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.periods import (
    Period,
    billing_day_of,
    billing_days,
    first_of_month,
    months_before,
    unbilled_period,
)


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("day_of_month", "day", "start"),
    [
        (1, "2021-04-01", "2021-03-01"),  # the calendar month before
        (1, "2021-01-01", "2020-12-01"),
        (15, "2021-03-15", "2021-02-15"),
        (31, "2021-02-28", "2021-01-31"),
        (31, "2021-03-31", "2021-02-28"),
        (31, "2021-04-30", "2021-03-31"),
        (30, "2020-02-29", "2020-01-30"),
        (29, "2021-03-29", "2021-02-28"),
    ],
)
def test_period_runs_from_the_billing_day_before(day_of_month, day, start):
    assert unbilled_period(d(day), day_of_month, []) == Period(d(start), d(day))


def test_billing_days_fall_on_the_last_day_of_shorter_months():
    assert list(billing_days(31, d("2021-01-31"), d("2021-05-30"))) == [
        d("2021-01-31"),
        d("2021-02-28"),
        d("2021-03-31"),
        d("2021-04-30"),
    ]


def test_billing_days_are_none_where_the_span_is_empty():
    assert list(billing_days(1, d("2021-01-02"), d("2021-01-01"))) == []


@pytest.mark.parametrize(
    ("day_of_month", "day"), [(1, "2021-04-01"), (2, "2021-03-02"), (15, "2021-03-15"), (31, "2021-03-31")]
)
def test_billing_day_of_a_month_ends_the_period_whose_last_day_lies_in_it(day_of_month, day):
    found = billing_day_of(d("2021-03-01"), day_of_month)

    assert found == d(day)
    assert Period(d("2021-02-01"), found).last_day.month == 3


@pytest.mark.parametrize(
    ("day_of_month", "day", "billed", "expected"),
    [
        # Billed already.
        (1, "2021-04-01", [("2021-03-01", "2021-04-01")], None),
        # The day moved later: what is billed is not billed again.
        (20, "2021-03-20", [("2021-02-05", "2021-03-05")], ("2021-03-05", "2021-03-20")),
        # The day moved earlier: nothing is left out.
        (5, "2021-04-05", [("2021-02-20", "2021-03-20")], ("2021-03-20", "2021-04-05")),
        # An invoice that ended before the start takes nothing away.
        (1, "2021-04-01", [("2020-12-01", "2021-01-01")], ("2021-03-01", "2021-04-01")),
        # A later invoice leaves an older period alone.
        (1, "2021-04-01", [("2021-04-01", "2021-05-01")], ("2021-03-01", "2021-04-01")),
        # One that reaches past the day leaves nothing to bill on it.
        (1, "2021-04-01", [("2021-03-15", "2021-04-15")], None),
    ],
)
def test_period_starts_where_the_last_invoice_ended(day_of_month, day, billed, expected):
    found = unbilled_period(d(day), day_of_month, [Period(d(start), d(end)) for start, end in billed])

    assert found == (expected and Period(*map(d, expected)))


@given(
    st.lists(st.tuples(st.integers(1, 31), st.integers(0, 40)), min_size=1, max_size=40),
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
)
def test_periods_never_overlap_whatever_the_day_is_changed_to(changes, today):
    """Bill on every billing day while `day_of_month` changes at will; then fill what an operator asks for."""
    billed: list[Period] = []
    for day_of_month, days in changes:
        until = today + timedelta(days)
        for day in billing_days(day_of_month, today - timedelta(40), until):
            if period := unbilled_period(day, day_of_month, billed):
                billed.append(period)
        today = until

    billed.sort()
    assert all(one.start < one.end for one in billed)
    assert all(one.end <= other.start for one, other in pairwise(billed))


@given(st.integers(1, 31), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_periods_of_an_unchanged_day_join_without_gaps(day_of_month, first):
    billed: list[Period] = []
    for day in billing_days(day_of_month, first, first + timedelta(800)):
        period = unbilled_period(day, day_of_month, billed)
        assert period is not None
        billed.append(period)

    assert all(one.end == other.start for one, other in pairwise(billed))


@pytest.mark.parametrize(
    ("zone", "start", "end"),
    [
        ("America/Toronto", datetime(2021, 3, 1, 5, tzinfo=UTC), datetime(2021, 4, 1, 4, tzinfo=UTC)),
        ("America/St_Johns", datetime(2021, 3, 1, 3, 30, tzinfo=UTC), datetime(2021, 4, 1, 2, 30, tzinfo=UTC)),
        ("UTC", datetime(2021, 3, 1, tzinfo=UTC), datetime(2021, 4, 1, tzinfo=UTC)),
    ],
)
def test_period_is_local_midnight_to_local_midnight_across_a_clock_change(zone, start, end):
    assert Period(d("2021-03-01"), d("2021-04-01")).instants(ZoneInfo(zone)) == (start, end)


def test_months_before_are_the_last_so_many():
    assert months_before(d("2021-02-14"), 3) == [d("2020-12-01"), d("2021-01-01"), d("2021-02-01")]
    assert first_of_month(d("2021-12-31"), 1) == d("2022-01-01")

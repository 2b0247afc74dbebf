"""Figures side by side, as reports have them, are those that questions row by row are answered with."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from intellimeter.common.fields import from_millionths
from intellimeter.common.local_time import zone_of
from metering.consumption import columns, figures_by_step, meter_use, range_figures, registers_at, registers_by_day
from tests.factories.metering import MeterFactory, PropertyFactory
from tests.metering.feeding import feed

pytestmark = pytest.mark.django_db

TORONTO = zone_of("America/Toronto")
BEGIN = datetime(2021, 3, 12, 5, tzinfo=UTC)
"""A midnight two days before the clocks go forward."""
END = datetime(2021, 3, 17, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def meters():
    """One read every hour, one every seventh, one in the first day alone, one never."""
    property = PropertyFactory()
    found = [MeterFactory(property=property) for _ in range(4)]
    feed(
        {
            meter: [(BEGIN + HOUR * step, Decimal(step)) for step in range(0, last, every)]
            for meter, every, last in zip(found, (1, 7, 5), (130, 130, 20), strict=False)
        }
    )
    return [meter.pk for meter in found]


def rows_by_step(meters, start, end, step):
    return [
        (figures.step, meter, millionths)
        for figures in figures_by_step(meters, start, end, step, TORONTO)
        for meter, millionths in zip(figures.meters, figures.millionths, strict=True)
    ]


@pytest.mark.parametrize("at_once", [1, 4, 9, 1000])
@pytest.mark.parametrize("step", ["hour", "day", "month", "year"])
def test_steps_are_the_same_however_many_are_read_at_once(meters, monkeypatch, step, at_once):
    start, end = BEGIN - 400 * 24 * HOUR, END + 400 * 24 * HOUR
    whole = rows_by_step(meters, start, end, step)
    monkeypatch.setattr(columns, "FIGURES_AT_ONCE", 40 * at_once)
    assert rows_by_step(meters, start, end, step) == whole
    assert sum(millionths for *_whose, millionths in whole) == (129 + 126 + 15) * 1_000_000


def test_steps_are_read_by_a_query_for_so_many_figures(meters, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(columns, "FIGURES_AT_ONCE", 4 * 2)
    with django_assert_num_queries(3):
        found = list(registers_by_day(meters, BEGIN, END, TORONTO))
    assert [len(day.meters) for day in found] == [3, 2, 2, 2, 2]


@pytest.mark.parametrize(
    ("start", "end"), [(BEGIN, END), (BEGIN + HOUR / 2, END - HOUR / 3), (END, END), (END, END + HOUR)]
)
def test_ranges_are_what_windows_say(meters, start, end, django_assert_num_queries):
    uses = {pk: use for pk, use in meter_use(meters, start, end).items() if use.reads}
    with django_assert_num_queries(0 if start == end else 1):
        found = range_figures(meters, start, end, TORONTO)
    rows = zip(found.meters, found.consumption, found.start, found.end, strict=True)
    assert {meter: tuple(None if one is None else from_millionths(one) for one in row) for meter, *row in rows} == {
        pk: (use.consumption, use.start and use.start.register, use.end and use.end.register)
        for pk, use in uses.items()
    }


def test_the_last_of_each_day_is_the_register_at_its_end(meters):
    start, end = BEGIN + HOUR / 2, END - HOUR / 3
    for day in registers_by_day(meters, start, end, TORONTO):
        midnight = datetime.combine(day.day + timedelta(days=1), datetime.min.time(), TORONTO).astimezone(UTC)
        at_end = registers_at(day.meters, min(midnight, end))
        assert [(at.time, at.register) for at in at_end.values()] == [
            (time, from_millionths(register)) for time, register in zip(day.times, day.millionths, strict=True)
        ]


def test_of_no_meter_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(range_figures([], BEGIN, END, TORONTO).meters) == []

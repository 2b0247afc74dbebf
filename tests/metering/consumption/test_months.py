"""monthly_suite_use: what the charts of invoices show."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from metering.consumption import monthly_suite_use
from metering.enums import Utility
from metering.models import MeterSuite
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory
from tests.metering.feeding import feed

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY, MARCH = date(2021, 1, 1), date(2021, 2, 1), date(2021, 3, 1)
MONTHS = [JANUARY, FEBRUARY, MARCH]
FIRST = datetime(2021, 1, 1, 5, tzinfo=UTC)  # midnight in Toronto


def counting(meter, a_day: int) -> None:
    """From January on, so much a day, read every six hours."""
    feed({meter: [(FIRST + timedelta(hours=6 * step), Decimal(step * a_day) / 4) for step in range(90 * 4)]})


def test_months_add_up_a_suites_meters_by_utility(django_assert_num_queries):
    property = PropertyFactory()
    suites = [SuiteFactory(property=property) for _ in range(3)]
    counting(MeterFactory(suite=suites[0]), 2)
    counting(MeterFactory(suite=suites[0]), 3)
    counting(MeterFactory(suite=suites[0], utility="W"), 1)
    counting(MeterFactory(suite=suites[1]), 4)
    counting(MeterFactory(property=property, general=True), 100)

    with django_assert_num_queries(2):
        found = monthly_suite_use(property, MONTHS)

    electricity, water = Utility.ELECTRICITY, Utility.WATER
    assert found == {
        suites[0].pk: {
            JANUARY: {electricity: Decimal(155), water: Decimal(31)},
            FEBRUARY: {electricity: Decimal(140), water: Decimal(28)},
            MARCH: {electricity: Decimal("153.75"), water: Decimal("30.75")},  # the last read is at 18:00
        },
        suites[1].pk: {
            JANUARY: {electricity: Decimal(124)},
            FEBRUARY: {electricity: Decimal(112)},
            MARCH: {electricity: Decimal(123)},
        },
    }


def test_a_meter_that_moved_counts_for_each_suite_in_its_time(django_assert_num_queries):
    property = PropertyFactory()
    before, after = SuiteFactory(property=property), SuiteFactory(property=property)
    meter = MeterFactory(property=property)
    moved = datetime(2021, 2, 15, 11, tzinfo=UTC)  # 06:00 in Toronto
    MeterSuite.objects.create(meter=meter, suite=before, end=moved)
    MeterSuite.objects.create(meter=meter, suite=after, start=moved)
    counting(meter, 4)

    with django_assert_num_queries(2):
        found = monthly_suite_use(property, MONTHS)

    electricity = Utility.ELECTRICITY
    assert found == {
        before.pk: {JANUARY: {electricity: Decimal(124)}, FEBRUARY: {electricity: Decimal(57)}},
        after.pk: {FEBRUARY: {electricity: Decimal(55)}, MARCH: {electricity: Decimal(123)}},
    }


def test_no_months_need_no_query(django_assert_num_queries):
    property = PropertyFactory()

    with django_assert_num_queries(0):
        assert monthly_suite_use(property, []) == {}

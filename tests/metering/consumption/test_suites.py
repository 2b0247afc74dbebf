"""What suites and properties used, in whole small stories; and how many queries each question takes."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from metering.consumption import (
    MeterName,
    MeterUse,
    RegisterAt,
    SuiteMeterUse,
    meter_consumption,
    meter_use,
    property_use,
    registers_at,
    suite_use,
)
from metering.enums import Utility
from metering.services import assign_suite
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory
from tests.metering.feeding import feed

pytestmark = pytest.mark.django_db

START = datetime(2021, 3, 1, 5, tzinfo=UTC)  # midnight in Toronto
END = datetime(2021, 4, 1, 4, tzinfo=UTC)
DAY = timedelta(days=1)


def daily(*registers, start=START):
    return [(start + DAY * place, Decimal(str(register))) for place, register in enumerate(registers)]


def test_meter_moved_in_the_range_counts_for_each_suite_with_the_registers_at_the_move():
    before = SuiteFactory(name="101")
    after = SuiteFactory(name="102", property=before.property)
    meter = MeterFactory(suite=before, name="Hydro", serial_number="S-1")
    feed({meter: daily(100, 110, 125, 145)})
    moved = START + DAY * 2 - timedelta(hours=6)
    assign_suite(meter=meter, suite=after, now=moved)
    name = MeterName(meter.pk, "Hydro", "S-1", Utility.ELECTRICITY)
    first, second, last = (
        RegisterAt(START, Decimal(100)),
        RegisterAt(START + DAY, Decimal(110)),
        RegisterAt(START + DAY * 3, Decimal(145)),
    )
    assert suite_use(before.property, START, END) == {
        before.pk: [SuiteMeterUse(name, START, moved, MeterUse(Decimal(10), 1, 0, first, second))],
        after.pk: [SuiteMeterUse(name, moved, END, MeterUse(Decimal(35), 2, 0, second, last))],
    }


def test_meter_without_a_suite_counts_for_none():
    property = PropertyFactory()
    feed({MeterFactory(property=property): daily(1, 2)})
    assert suite_use(property, START, END) == {}


def test_property_without_a_general_meter_used_what_all_its_meters_did():
    property = PropertyFactory()
    suite = SuiteFactory(property=property)
    feed(
        {
            MeterFactory(suite=suite): daily(1, 4),
            MeterFactory(property=property): daily(10, 15),
            MeterFactory(property=property, utility="W"): daily(2, "2.5"),
            MeterFactory(property=property, utility="G"): [],
            MeterFactory(): daily(1, 1000),
        }
    )
    assert property_use(property, START, END) == {
        Utility.ELECTRICITY: Decimal(8),
        Utility.WATER: Decimal("0.5"),
        Utility.GAS: Decimal(0),
    }


def test_property_with_general_meters_of_a_utility_used_what_they_did():
    property = PropertyFactory()
    feed(
        {
            MeterFactory(property=property, general=True): daily(0, 100),
            MeterFactory(property=property, general=True): daily(0, 20),
            MeterFactory(suite=SuiteFactory(property=property)): daily(0, 7),
            MeterFactory(suite=SuiteFactory(property=property), utility="W"): daily(0, 3),
        }
    )
    assert property_use(property, START, END) == {Utility.ELECTRICITY: Decimal(120), Utility.WATER: Decimal(3)}


def test_read_at_the_end_counts_and_one_at_the_start_does_not():
    meter = MeterFactory()
    feed({meter: daily(1, 2, 4, 8)})
    assert meter_consumption([meter.pk], START, START + DAY * 2) == {meter.pk: Decimal(3)}
    assert meter_consumption([meter.pk], START + DAY, START + DAY * 2) == {meter.pk: Decimal(2)}


def test_register_at_an_instant_is_the_last_accepted_one():
    meter, new = MeterFactory(), MeterFactory()
    feed({meter: daily(24263, 0, 24264), new: daily(5, start=START + DAY * 9)})
    assert registers_at([meter.pk, new.pk], START + DAY) == {meter.pk: RegisterAt(START, Decimal(24263))}
    assert registers_at([meter.pk], END) == {meter.pk: RegisterAt(START + DAY * 2, Decimal(24264))}


@pytest.mark.parametrize("edges", [timedelta(0), timedelta(minutes=10, seconds=10)])
def test_questions_take_as_many_queries_for_any_number_of_meters(edges, django_assert_num_queries):
    property = PropertyFactory()
    meters = []
    start, end = START - edges, END + edges
    for _more in range(2):
        added = [MeterFactory(suite=SuiteFactory(property=property)) for _ in range(3)]
        feed({meter: daily(1, 2, 3) for meter in added})
        assign_suite(meter=added[0], suite=SuiteFactory(property=property), now=START + DAY)
        meters += [meter.pk for meter in added]
        with django_assert_num_queries(2):
            meter_consumption(meters, start, end)
        with django_assert_num_queries(3):
            meter_use(meters, start, end)
        with django_assert_num_queries(2):
            registers_at(meters, end)
        with django_assert_num_queries(3):
            suite_use(property, start, end)
        with django_assert_num_queries(2):
            property_use(property, start, end)

"""metering.services: properties, suites, meters, and which suite a meter serves from when to when."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from intellimeter.common.errors import Conflict, DomainError
from metering.consumption import meter_consumption
from metering.enums import Flag, Utility
from metering.models import DayRollup, LatestRead, Meter, MeterSuite, Read, Suite
from metering.services import (
    assign_suite,
    create_meter,
    create_property,
    create_suite,
    update_meter,
    update_property,
    update_suite,
)
from tests.factories.accounts import CompanyFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory
from tests.metering.feeding import feed

pytestmark = pytest.mark.django_db

MAY = datetime(2021, 5, 1, tzinfo=UTC)
JUNE = datetime(2021, 6, 1, tzinfo=UTC)


def assignments(meter):
    return list(meter.assignments.order_by("pk").values_list("suite__name", "start", "end"))


def test_create_property_keeps_what_it_is_given():
    company = CompanyFactory()
    property = create_property(
        company=company, job_number="20-1", job_name="Job", display_name="Tower", timezone="America/St_Johns"
    )
    property.refresh_from_db()
    assert (property.company, property.job_number, property.job_name, property.display_name) == (
        company, "20-1", "Job", "Tower",
    )  # fmt: skip
    assert (property.address, property.timezone) == ("", "America/St_Johns")


def test_create_property_with_a_taken_job_number_is_a_conflict():
    taken = PropertyFactory()
    with pytest.raises(Conflict):
        create_property(company=taken.company, job_number=taken.job_number, job_name="J", display_name="D")


def test_create_property_with_the_job_number_of_another_company_serves():
    elsewhere = PropertyFactory()
    property = create_property(
        company=CompanyFactory(), job_number=elsewhere.job_number, job_name="J", display_name="D"
    )
    assert property.job_number == elsewhere.job_number


def test_create_property_in_no_zone_names_the_field():
    with pytest.raises(DomainError) as raised:
        create_property(company=CompanyFactory(), job_number="1", job_name="J", display_name="D", timezone="Mars/Base")
    assert (raised.value.code, list(raised.value.fields)) == (400, ["timezone"])


def test_update_property_of_another_zone_rebuilds_its_days():
    property = PropertyFactory(timezone="UTC")
    meter = MeterFactory(property=property)
    feed({meter: [(datetime(2021, 5, 1, hour, tzinfo=UTC), Decimal(hour)) for hour in (1, 3, 5, 7)]})
    update_property(property=property, timezone="America/Toronto")
    days = DayRollup.objects.filter(meter=meter).order_by("day").values_list("day", "consumption", "reads")
    assert [(day.isoformat(), used, reads) for day, used, reads in days] == [
        ("2021-04-30", Decimal(2), 2),
        ("2021-05-01", Decimal(4), 2),
    ]


def test_update_property_leaves_what_it_is_not_given():
    property = PropertyFactory(address="1 Old St.")
    update_property(property=property, display_name="New")
    property.refresh_from_db()
    assert (property.display_name, property.address) == ("New", "1 Old St.")


def test_create_suite_with_a_taken_name_is_a_conflict():
    suite = SuiteFactory()
    with pytest.raises(Conflict):
        create_suite(property=suite.property, name=suite.name)
    assert Suite.objects.count() == 1


def test_update_suite_renames_it():
    suite = update_suite(suite=SuiteFactory(), name="Penthouse")
    suite.refresh_from_db()
    assert suite.name == "Penthouse"


def test_create_meter_makes_its_latest_read_and_serves_the_suite_from_the_beginning():
    suite = SuiteFactory(name="101")
    meter = create_meter(
        property=suite.property, serial_number="S-1", name="Hydro", utility=Utility.ELECTRICITY, suite=suite
    )
    assert assignments(meter) == [("101", None, None)]
    assert LatestRead.objects.get(meter=meter).time is None


@pytest.mark.parametrize("register_max", [Decimal(0), Decimal(-5), Decimal("1e12") + 1])
def test_create_meter_with_an_impossible_register_max_names_the_field(register_max):
    with pytest.raises(DomainError) as raised:
        create_meter(
            property=PropertyFactory(), serial_number="1", name="M", utility=Utility.GAS, register_max=register_max
        )
    assert (raised.value.code, list(raised.value.fields)) == (400, ["register_max"])
    assert not Meter.objects.exists()


@pytest.mark.parametrize("taken", ["serial_number", "name"])
def test_create_meter_with_a_taken_name_or_serial_number_is_a_conflict(taken):
    other = MeterFactory()
    names = {"serial_number": "new", "name": "new"} | {taken: getattr(other, taken)}
    with pytest.raises(Conflict):
        create_meter(property=other.property, utility=Utility.WATER, **names)


def test_create_general_meter_in_a_suite_is_a_conflict_and_makes_nothing():
    suite = SuiteFactory()
    with pytest.raises(Conflict):
        create_meter(property=suite.property, serial_number="1", name="Main", utility="E", general=True, suite=suite)
    assert not Meter.objects.exists()


def test_update_meter_changes_what_it_is_given_alone():
    meter = MeterFactory(floor="1", panel="A")
    update_meter(meter=meter, floor=None)
    meter.refresh_from_db()
    assert (meter.floor, meter.panel) == (None, "A")


def test_update_meter_to_general_while_it_serves_a_suite_is_a_conflict():
    meter = MeterFactory(suite=SuiteFactory())
    with pytest.raises(Conflict):
        update_meter(meter=meter, general=True)
    meter.refresh_from_db()
    assert meter.general is False


def test_update_meter_to_general_and_out_of_its_suite_at_once_serves():
    meter = MeterFactory(suite=SuiteFactory(name="101"))
    update_meter(meter=meter, general=True, suite=None, now=MAY)
    meter.refresh_from_db()
    assert (meter.general, assignments(meter)) == (True, [("101", None, MAY)])


def test_update_meter_of_another_register_max_judges_its_registers_anew():
    meter = MeterFactory()
    feed({meter: [(datetime(2021, 5, day, tzinfo=UTC), register) for day, register in ((1, 99990), (2, 5), (3, 7))]})
    whole = (datetime(2021, 4, 1, tzinfo=UTC), datetime(2021, 6, 2, tzinfo=UTC))  # with months kept as such
    assert meter_consumption([meter.pk], *whole) == {meter.pk: Decimal(2)}
    update_meter(meter=meter, register_max=Decimal(100000))
    assert meter_consumption([meter.pk], *whole) == {meter.pk: Decimal(17)}
    assert Read.objects.get(meter=meter, register=5).flag == Flag.ROLLOVER


def test_first_assignment_counts_from_the_beginning():
    suite = SuiteFactory(name="101")
    meter = MeterFactory(property=suite.property)
    assign_suite(meter=meter, suite=suite, now=MAY)
    assert assignments(meter) == [("101", None, None)]


def test_later_assignment_counts_from_that_moment_on():
    first = SuiteFactory(name="101")
    second = SuiteFactory(name="102", property=first.property)
    meter = MeterFactory(suite=first)
    assign_suite(meter=meter, suite=second, now=MAY)
    assert assignments(meter) == [("101", None, MAY), ("102", MAY, None)]


def test_assignment_to_the_same_suite_changes_nothing():
    suite = SuiteFactory(name="101")
    meter = MeterFactory(suite=suite)
    assign_suite(meter=meter, suite=suite, now=MAY)
    assert assignments(meter) == [("101", None, None)]


def test_assignment_to_none_ends_the_one_there_was():
    meter = MeterFactory(suite=SuiteFactory(name="101"))
    assign_suite(meter=meter, suite=None, now=MAY)
    assert assignments(meter) == [("101", None, MAY)]


def test_assignment_after_none_counts_from_its_own_moment():
    suite = SuiteFactory(name="101")
    meter = MeterFactory(suite=suite)
    assign_suite(meter=meter, suite=None, now=MAY)
    assign_suite(meter=meter, suite=suite, now=JUNE)
    assert assignments(meter) == [("101", None, MAY), ("101", JUNE, None)]


def test_two_moves_at_one_instant_leave_the_last():
    suites = [SuiteFactory(name="101")]
    suites += [SuiteFactory(name=name, property=suites[0].property) for name in ("102", "103")]
    meter = MeterFactory(suite=suites[0])
    for suite in suites[1:]:
        assign_suite(meter=meter, suite=suite, now=MAY)
    assert assignments(meter) == [("101", None, MAY), ("103", MAY, None)]


def test_assignment_to_a_suite_of_another_property_names_the_field():
    meter = MeterFactory()
    with pytest.raises(DomainError) as raised:
        assign_suite(meter=meter, suite=SuiteFactory())
    assert (raised.value.code, list(raised.value.fields)) == (400, ["suite"])
    assert not MeterSuite.objects.exists()

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from billing.models import Constants
from metering.models import DayRollup, LatestRead, Meter, MeterSuite, Property, Suite
from tests.factories.accounts import CompanyFactory, StaffFactory
from tests.factories.billing import InvoiceFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory
from tests.metering.feeding import feed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def staff(client):
    client.force_login(StaffFactory(is_superuser=False))


def url(model, page, *args):
    return reverse(f"admin:metering_{model}_{page}", args=args)


def messages_of(answer):
    return [str(message) for message in answer.context["messages"]]


def meter_fields(meter, **changes):
    return {
        "name": meter.name,
        "serial_number": meter.serial_number,
        "floor": "",
        "panel": "",
        "register_max": "",
        "assignments-TOTAL_FORMS": "0",
        "assignments-INITIAL_FORMS": "0",
        **changes,
    }


def assignments(meter, *rows):
    """The form's fields for new assignments: (suite, start, end) each, in UTC."""
    fields = {"assignments-TOTAL_FORMS": str(len(rows))}
    for number, (suite, start, end) in enumerate(rows):
        fields |= {f"assignments-{number}-meter": meter.pk, f"assignments-{number}-suite": suite.pk}
        for name, moment in (("start", start), ("end", end)):
            day, _, time = (moment or "").partition(" ")
            fields |= {f"assignments-{number}-{name}_0": day, f"assignments-{number}-{name}_1": time}
    return fields


def test_property_is_made_ready_to_bill(client):
    company = CompanyFactory()
    fields = {"job_number": "1", "job_name": "J", "display_name": "House", "timezone": "America/Halifax"}
    client.post(url("property", "add"), {**fields, "company": company.pk})
    house = Property.objects.get()
    assert (house.company, house.timezone) == (company, "America/Halifax")
    assert Constants.objects.get().property == house


def test_property_with_a_taken_job_number_is_refused(client):
    house = PropertyFactory()
    fields = {"job_number": house.job_number, "job_name": "J", "display_name": "House", "timezone": "America/Toronto"}
    client.post(url("property", "add"), {**fields, "company": house.company.pk})
    assert Property.objects.count() == 1


def test_another_zone_rebuilds_the_days(client):
    meter = MeterFactory()
    night = datetime(2021, 4, 9, 3, 30, tzinfo=UTC)
    feed({meter: [(night, Decimal(0)), (night + timedelta(hours=1), Decimal(5))]})
    before = list(DayRollup.objects.order_by("day").values_list("day", "consumption"))
    house = meter.property
    fields = {
        "job_number": house.job_number,
        "job_name": house.job_name,
        "display_name": house.display_name,
        "address": house.address,
        "timezone": "America/Vancouver",
    }
    client.post(url("property", "change", house.pk), fields)
    house.refresh_from_db()
    assert house.timezone == "America/Vancouver"
    assert [str(day) for day, _ in before] == ["2021-04-08", "2021-04-09"]
    assert [str(day) for day in DayRollup.objects.values_list("day", flat=True)] == ["2021-04-08"]


def test_meter_is_made_with_the_row_that_ingest_locks(client):
    house = PropertyFactory()
    fields = {"property": house.pk, "name": "Main", "serial_number": "1", "utility": "E", "general": "on"}
    client.post(url("meter", "add"), {**fields, "register_max": "100000"})
    meter = Meter.objects.get()
    assert (meter.general, meter.register_max) == (True, Decimal(100000))
    assert LatestRead.objects.get().meter == meter


def test_meters_page_shows_its_newest_reads(client):
    meter = MeterFactory()
    noon = datetime(2021, 4, 10, 12, tzinfo=UTC)
    feed({meter: [(noon - number * timedelta(hours=1), Decimal(100 - number)) for number in range(60)]})
    page = client.get(url("meter", "change", meter.pk)).content.decode()
    assert page.count("<tr><td>2021-04-") == 50
    assert '<tr><td>2021-04-10 08:00:00</td><td class="number">100</td><td class="number">1</td>' in page
    assert '<tr><td>2021-04-08 07:00:00</td><td class="number">51</td>' in page


def test_meter_stays_in_its_property_and_keeps_its_utility(client):
    meter = MeterFactory()
    house = meter.property
    client.post(url("meter", "change", meter.pk), meter_fields(meter, property=PropertyFactory().pk, utility="W"))
    meter.refresh_from_db()
    assert (meter.property, meter.utility) == (house, "E")


def test_suites_of_a_meter_are_dated(client):
    meter = MeterFactory()
    first, second = SuiteFactory(property=meter.property), SuiteFactory(property=meter.property)
    rows = assignments(meter, (first, None, "2021-04-01 04:00:00"), (second, "2021-04-01 04:00:00", None))
    client.post(url("meter", "change", meter.pk), meter_fields(meter) | rows)
    change = datetime(2021, 4, 1, 4, tzinfo=UTC)
    assert list(MeterSuite.objects.values_list("suite", "start", "end")) == [
        (first.pk, None, change),
        (second.pk, change, None),
    ]


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ("foreign", "A meter serves suites of its own property only."),
        ("overlap", "Two of these overlap: a meter serves one suite at a time."),
        ("two open", "Two of these overlap: a meter serves one suite at a time."),
        ("general", "A general meter belongs to no suite."),
    ],
)
def test_suites_that_cannot_be_are_refused(client, case, sentence):
    meter = MeterFactory(general=case == "general")
    suite, other = SuiteFactory(property=meter.property), SuiteFactory(property=meter.property)
    rows = {
        "foreign": [(SuiteFactory(), None, None)],
        "overlap": [(suite, None, "2021-04-02 00:00:00"), (other, "2021-04-01 00:00:00", "2021-05-01 00:00:00")],
        "two open": [(suite, "2021-04-01 00:00:00", None), (other, "2021-05-01 00:00:00", None)],
        "general": [(suite, None, None)],
    }[case]
    fields = meter_fields(meter) | assignments(meter, *rows) | ({"general": "on"} if case == "general" else {})
    answer = client.post(url("meter", "change", meter.pk), fields)
    assert sentence in answer.content.decode()
    assert not MeterSuite.objects.exists()


def test_suite_with_invoices_is_not_deleted_and_the_page_says_why(client):
    suite = InvoiceFactory().suite
    answer = client.post(url("suite", "delete", suite.pk), {"post": "yes"}, follow=True)
    assert Suite.objects.filter(pk=suite.pk).exists()
    assert answer.status_code == 200


def test_suite_is_made_and_renamed(client):
    house = PropertyFactory()
    client.post(url("suite", "add"), {"property": house.pk, "name": "101"})
    suite = Suite.objects.get()
    client.post(url("suite", "change", suite.pk), {"name": "102"})
    suite.refresh_from_db()
    assert (suite.property, suite.name) == (house, "102")

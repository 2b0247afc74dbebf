"""When beat issues, and what it waits for (decisions, section 7)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from billing.enums import InvoiceType
from billing.issuing import issue_property
from tests.billing.houses import APRIL, MARCH, consume, house, services_of
from tests.factories.metering import MeterFactory

D = Decimal
pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    """A local time in Toronto, summer time."""
    return datetime.fromisoformat(f"{text}-04:00")


def test_beat_issues_from_six_in_the_morning():
    property, suites = house("1")
    services_of(suites)

    early = issue_property(property=property, now=at("2021-04-01T05:59:59"), wait_for_reads=True)
    late = issue_property(property=property, now=at("2021-04-01T06:00:00"), wait_for_reads=True)

    assert (early, len(late)) == ([], 1)


@pytest.mark.parametrize(
    ("invoice_type", "waits"),
    [(InvoiceType.CONSUMPTION, ["Suite 2"]), (InvoiceType.SPLIT, ["Suite 1", "Suite 2"]), (InvoiceType.FLAT, [])],
)
def test_beat_waits_for_the_meters_concerned_for_a_day(invoice_type, waits):
    property, suites = house("1", "2")
    behind = MeterFactory(suite=suites[1])
    consume(behind, {MARCH: "0", date(2021, 3, 31): "5"})
    services_of(suites, invoice_type=invoice_type)

    issued = issue_property(property=property, now=at("2021-04-01T23:59:59"), wait_for_reads=True)
    rest = issue_property(property=property, now=at("2021-04-02T00:00:00"), wait_for_reads=True)

    assert [invoice.suite.name for invoice in rest] == waits
    assert len(issued) == 2 - len(waits)


def test_beat_issues_once_the_last_meter_was_read():
    property, suites = house("1")
    behind = MeterFactory(suite=suites[0])
    services_of(suites)
    assert issue_property(property=property, now=at("2021-04-01T09:00:00"), wait_for_reads=True) == []

    consume(behind, {APRIL: "5"})

    assert len(issue_property(property=property, now=at("2021-04-01T09:10:00"), wait_for_reads=True)) == 1


def test_a_settled_day_is_remembered_and_a_waiting_one_is_not():
    property, suites = house("1", "2")
    MeterFactory(suite=suites[1])
    first, second = services_of(suites, active_since=datetime(2021, 2, 15, tzinfo=UTC))

    issue_property(property=property, now=at("2021-04-01T09:00:00"), wait_for_reads=True)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.settled_until, second.settled_until) == (APRIL, MARCH)

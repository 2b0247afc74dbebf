"""Which periods a service is billed for (decisions, section 7)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from billing.issuing import issue_month, issue_property
from billing.models import Invoice
from intellimeter.common.errors import Conflict
from tests.billing.houses import AFTER_MARCH, APRIL, MARCH, MAY, house, services_of
from tests.factories.billing import ServiceFactory

D = Decimal
pytestmark = pytest.mark.django_db


def periods(invoices: list[Invoice]) -> list[tuple[str, str]]:
    return [(invoice.period_start.isoformat(), invoice.period_end.isoformat()) for invoice in invoices]


def test_missed_days_are_caught_up_back_to_the_creation_and_not_before():
    property, suites = house("1")
    services_of(suites, active_since=datetime(2021, 2, 15, tzinfo=UTC))

    invoices = issue_property(property=property, now=datetime(2021, 6, 20, tzinfo=UTC))

    assert periods(invoices) == [
        ("2021-02-01", "2021-03-01"),
        ("2021-03-01", "2021-04-01"),
        ("2021-04-01", "2021-05-01"),
        ("2021-05-01", "2021-06-01"),
    ]


def test_a_hole_is_caught_up_also_where_a_later_period_was_issued_by_hand():
    property, suites = house("1")
    services_of(suites, active_since=datetime(2021, 2, 15, tzinfo=UTC))
    issue_month(property=property, month=date(2021, 4, 1), now=datetime(2021, 5, 2, tzinfo=UTC))

    invoices = issue_property(property=property, now=datetime(2021, 5, 2, tzinfo=UTC))

    assert periods(invoices) == [("2021-02-01", "2021-03-01"), ("2021-03-01", "2021-04-01")]


def test_time_in_which_a_service_was_inactive_is_not_caught_up():
    property, suites = house("1")
    services_of(suites, active_since=datetime(2021, 4, 20, tzinfo=UTC))

    invoices = issue_property(property=property, now=datetime(2021, 5, 2, tzinfo=UTC))

    assert periods(invoices) == [("2021-04-01", "2021-05-01")]


def test_an_inactive_service_is_not_billed():
    property, suites = house("1")
    services_of(suites, active=False)

    assert issue_property(property=property, now=AFTER_MARCH) == []


def test_a_changed_day_neither_overlaps_nor_leaves_out():
    property, suites = house("1")
    [service] = services_of(suites)
    issue_property(property=property, now=AFTER_MARCH)
    service.day_of_month = 20
    service.save()

    invoices = issue_property(property=property, now=datetime(2021, 5, 21, tzinfo=UTC))

    assert periods(invoices) == [("2021-04-01", "2021-04-20"), ("2021-04-20", "2021-05-20")]


def test_a_given_date_bills_history_from_before_the_service():
    property, suites = house("1")
    services_of(suites, active_since=datetime(2021, 6, 15, tzinfo=UTC))
    now = datetime(2021, 6, 20, tzinfo=UTC)

    assert issue_property(property=property, now=now) == []
    assert periods(issue_property(property=property, now=now, on=APRIL)) == [("2021-03-01", "2021-04-01")]
    assert issue_property(property=property, now=now, on=date(2021, 4, 2)) == []


def test_a_period_that_is_not_over_is_never_billed():
    property, suites = house("1")
    services_of(suites, active_since=datetime(2021, 4, 15, tzinfo=UTC))
    now = datetime(2021, 5, 1, 3, 59, tzinfo=UTC)  # one minute before midnight in Toronto

    assert issue_property(property=property, now=now, on=MAY) == []
    assert issue_month(property=property, month=APRIL, now=now) == []
    assert len(issue_property(property=property, now=now + timedelta(minutes=1), on=MAY)) == 1


def test_a_month_generates_what_is_missing_and_returns_what_is_there():
    property, suites = house("40.215", "35.5")
    first, second = services_of(suites)
    [existing] = issue_month(property=property, month=MARCH, now=AFTER_MARCH, service=first)

    found = issue_month(property=property, month=MARCH, now=AFTER_MARCH)

    assert [(invoice.service_id, invoice.number) for invoice in found] == [(first.pk, 1), (second.pk, 2)]
    assert found[0].updated == Invoice.objects.get(pk=existing.pk).updated


def test_a_month_is_that_of_the_last_day_billed():
    property, suites = house("1", "2", "3")
    for suite, day in zip(suites, (1, 2, 31), strict=True):
        ServiceFactory(suite=suite, day_of_month=day)

    found = issue_month(property=property, month=MARCH, now=datetime(2022, 1, 1, tzinfo=UTC))

    assert periods(found) == [("2021-02-02", "2021-03-02"), ("2021-02-28", "2021-03-31"), ("2021-03-01", "2021-04-01")]


def test_a_month_of_an_inactive_service_is_a_conflict():
    property, [suite] = house("1")
    [service] = services_of([suite], active=False)

    with pytest.raises(Conflict, match="inactive"):
        issue_month(property=property, month=MARCH, now=AFTER_MARCH, service=service)

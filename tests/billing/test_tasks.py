"""What beat's task finds to be billed, and that ringing twice is harmless (decisions, section 7)."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from billing import tasks
from billing.models import Invoice, InvoiceMail, Service
from billing.selectors import properties_to_bill
from tests.billing.houses import house
from tests.factories.billing import ServiceFactory, TenantFactory

pytestmark = pytest.mark.django_db

MADE = datetime(2021, 3, 15, tzinfo=UTC)


def toronto(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}-04:00")


@pytest.fixture
def billed():
    property, [suite] = house("40.215")
    TenantFactory(suite=suite)
    ServiceFactory(suite=suite, active_since=MADE)
    return property


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("2021-03-31T23:59:59", False),
        ("2021-04-01T05:59:59", False),
        ("2021-04-01T06:00:00", True),
        ("2021-04-20T00:00:00", True),
        ("2021-12-31T00:00:00", True),
    ],
)
def test_a_property_is_found_from_six_on_its_billing_day(billed, now, found):
    assert (properties_to_bill(now=toronto(now)) == [billed.pk]) is found


@pytest.mark.parametrize(
    "change",
    [
        {"active": False},
        {"settled_until": date(2021, 4, 1)},
        {"active_since": datetime(2021, 4, 2, 4, tzinfo=UTC)},
        {"day_of_month": 6},
    ],
)
def test_a_property_with_nothing_to_bill_is_not_found(billed, change):
    Service.objects.update(**change)

    assert properties_to_bill(now=toronto("2021-04-05T12:00:00")) == []


def test_each_zone_has_its_own_morning(django_assert_num_queries):
    for zone in ("America/Toronto", "America/St_Johns", "America/Vancouver"):
        _, [suite] = house("1", timezone=zone)
        ServiceFactory(suite=suite, active_since=MADE)

    with django_assert_num_queries(4):
        found = properties_to_bill(now=datetime(2021, 4, 1, 9, 0, tzinfo=UTC))

    assert [Service.objects.get(property=pk).property.timezone for pk in found] == ["America/St_Johns"]


def test_the_month_that_lacks_the_day_bills_on_its_last(billed):
    Service.objects.update(day_of_month=31, active_since=datetime(2021, 4, 2, tzinfo=UTC))

    assert properties_to_bill(now=toronto("2021-04-29T12:00:00")) == []
    assert properties_to_bill(now=toronto("2021-04-30T06:00:00")) == [billed.pk]


def test_issue_due_issues_and_settles(billed):
    with time_machine.travel(toronto("2021-04-01T06:10:00"), tick=False):
        tasks.issue_due.delay()
        tasks.issue_due.delay()

    assert list(Invoice.objects.values_list("property", "number")) == [(billed.pk, 1)]
    assert InvoiceMail.objects.count() == 1
    assert properties_to_bill(now=toronto("2021-04-01T06:20:00")) == []


def test_issue_property_of_one_that_is_gone_does_nothing():
    tasks.issue_property.delay(0)

    assert not Invoice.objects.exists()


def test_invoices_are_followed_by_their_documents_and_mail(billed, django_capture_on_commit_callbacks, mailoutbox):
    morning = time_machine.travel(toronto("2021-04-01T06:10:00"), tick=False)
    with morning, django_capture_on_commit_callbacks(execute=True):
        tasks.issue_due.delay()

    assert [len(message.attachments) for message in mailoutbox] == [2]
    assert Invoice.objects.exclude(email_sent=None).count() == 1


def test_a_broker_that_does_not_answer_takes_no_invoice_back(billed, django_capture_on_commit_callbacks, monkeypatch):
    def no_answer(*args, **kwargs):
        raise ConnectionError("broker")

    monkeypatch.setattr(tasks.deliver_invoices, "delay", no_answer)

    morning = time_machine.travel(toronto("2021-04-01T06:10:00"), tick=False)
    with morning, django_capture_on_commit_callbacks(execute=True):
        tasks.issue_property(billed.pk)

    assert InvoiceMail.objects.filter(status="waiting").count() == 1

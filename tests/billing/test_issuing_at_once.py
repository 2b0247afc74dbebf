"""One invoice per service and period when issuing races, dies and is repeated (decisions, section 7)."""

import os
import signal
from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import transaction

from billing.issuing import issue_month, issue_property
from billing.models import Invoice, InvoiceLine, InvoiceMail, InvoiceSequence
from metering.models import Property
from tests.billing.houses import AFTER_MARCH, MARCH, house
from tests.billing.processes import run_at_once, shared_database, use_database
from tests.factories.billing import FeeFactory, ServiceFactory, TenantFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_documents(monkeypatch):
    """What follows the issuing is not the subject here, and would be made by every process."""
    monkeypatch.setattr("billing.issuing._follow_up", lambda invoice_ids: None)


def billed_house(suites: int) -> Property:
    property, found = house(*["10"] * suites)
    FeeFactory(property=property)
    for suite in found:
        TenantFactory(suite=suite)
        ServiceFactory(suite=suite, active_since=datetime(2021, 3, 15, tzinfo=UTC))
    return property


def issue(property_id: int) -> None:
    issue_property(property=Property.objects.get(pk=property_id), now=AFTER_MARCH)


def issue_by_api(property_id: int) -> None:
    issue_month(property=Property.objects.get(pk=property_id), month=MARCH, now=AFTER_MARCH)


def issue_and_die(property_id: int) -> None:
    """As a machine that fails after the rows were written and before they were committed."""
    with transaction.atomic():
        issue(property_id)
        assert Invoice.objects.count() > 0
        os.kill(os.getpid(), signal.SIGKILL)


def assert_each_billed_once(services: int) -> None:
    rows = list(Invoice.objects.order_by("number").values_list("number", "service_id"))
    assert [number for number, _ in rows] == list(range(1, services + 1))
    assert len({service for _, service in rows}) == services
    assert InvoiceLine.objects.count() == 2 * services
    assert InvoiceMail.objects.count() == services
    assert InvoiceSequence.objects.get().last_number == services


@pytest.mark.parametrize("work", [issue, issue_by_api])
def test_eight_at_once_bill_each_service_once(database, work):
    property = billed_house(12)
    settings = shared_database(database)

    codes = run_at_once(8, partial(work, property.pk), settings)

    use_database(settings)
    assert codes == [0] * 8
    assert_each_billed_once(12)


def test_properties_of_a_company_at_once_get_numbers_without_gaps(database):
    first = billed_house(4)
    others = [billed_house(4) for _ in range(3)]
    Property.objects.filter(pk__in=[other.pk for other in others]).update(company=first.company)
    settings = shared_database(database)

    def issue_all():
        for property in [first, *others]:
            issue(property.pk)

    codes = run_at_once(8, issue_all, settings)

    use_database(settings)
    assert codes == [0] * 8
    assert_each_billed_once(16)


def test_a_process_killed_before_its_commit_leaves_nothing_and_a_repeat_bills_all(database):
    property = billed_house(5)
    settings = shared_database(database)

    codes = run_at_once(1, partial(issue_and_die, property.pk), settings)

    use_database(settings)
    assert codes == [-signal.SIGKILL]
    assert (Invoice.objects.count(), InvoiceSequence.objects.count()) == (0, 0)
    issue(property.pk)
    issue(property.pk)
    assert_each_billed_once(5)

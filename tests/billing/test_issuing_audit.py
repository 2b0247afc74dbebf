"""Issued invoices are in the audit log, though they are stored in bulk (decisions, section 5)."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine
from auditlog.models import LogEntry

from billing import tasks
from billing.issuing import issue_property
from billing.models import Invoice
from tests.billing.houses import AFTER_MARCH, APRIL, house, services_of
from tests.factories.accounts import AdminFactory, api_client
from tests.factories.billing import FeeFactory, TenantFactory

pytestmark = pytest.mark.django_db


def entries() -> list[LogEntry]:
    return list(LogEntry.objects.get_for_model(Invoice).order_by("pk"))


def test_an_issued_invoice_is_told_with_its_lines(django_assert_num_queries):
    property, [suite] = house("40.215", display_name="Maple House", address="1 Main St.")
    FeeFactory(property=property, name="Admin Fee", value=Decimal("6.26"))
    TenantFactory(suite=suite, email="ada@example.com", first_name="Ada", last_name="Byron", address="101 Main St.")
    [service] = services_of([suite], address="101-1 Main St.")

    [invoice] = issue_property(property=property, now=AFTER_MARCH)

    [entry] = entries()
    assert (entry.action, entry.object_pk, entry.object_id, entry.object_repr) == (
        LogEntry.Action.CREATE,
        str(invoice.pk),
        invoice.pk,
        "Invoice 1",
    )
    assert entry.changes == {
        name: [None, value]
        for name, value in {
            "number": 1,
            "filename": invoice.filename,
            "invoice_type": "General Consumption Price",
            "period_start": "2021-03-01",
            "period_end": "2021-04-01",
            "due": "2021-05-01",
            "subtotal": "11.49",
            "tax_rate": "13.0000",
            "tax": "1.49",
            "total": "12.98",
            "company_name": property.company.name,
            "property_name": "Maple House",
            "property_address": "1 Main St.",
            "timezone": "America/Toronto",
            "suite_name": "Suite 1",
            "service_reference": service.public_id,
            "service_name": "Suite 1 hydro",
            "service_address": "101-1 Main St.",
            "recipients": [{"name": "Ada Byron", "email": "ada@example.com", "address": "101 Main St."}],
            "lines": ["Electricity 40.215000 × 13.000000 ¢: $5.23", "Admin Fee: $6.26"],
        }.items()
    }


def test_each_of_many_invoices_has_its_entry():
    property, suites = house("10", "20", "30")
    services_of(suites)

    invoices = issue_property(property=property, now=AFTER_MARCH)

    assert [(entry.object_id, entry.changes["total"][1]) for entry in entries()] == [
        (invoice.pk, str(invoice.total)) for invoice in invoices
    ]


def test_invoices_asked_for_by_api_name_who_asked():
    property, [suite] = house("10")
    services_of([suite])
    client = api_client("billing:invoice:generate", user=AdminFactory(company=property.company))

    with time_machine.travel(AFTER_MARCH, tick=False):
        response = client.post(f"/api/v1/billing/invoice?property={property.public_id}", {"month": "2021-03"})

    assert response.status_code == 201
    [entry] = entries()
    assert (entry.actor, entry.actor_email, entry.remote_addr, entry.timestamp) == (
        client.user,
        client.user.email,
        "127.0.0.1",
        AFTER_MARCH,
    )
    assert entry.additional_data == {
        "via": "api",
        "application": client.token.application.public_id,
        "program": client.token.application.name,
        "company": client.user.company_id,
    }


def test_invoices_that_beat_issues_name_the_task():
    property, [suite] = house("10")
    services_of([suite])

    with time_machine.travel(datetime(2021, 4, 2, 12, tzinfo=UTC), tick=False):
        tasks.issue_property.delay(property.pk)

    [created] = [entry for entry in entries() if entry.action == LogEntry.Action.CREATE]
    door = {"via": "task billing.tasks.issue_property", "company": property.company_id}
    assert (created.actor, created.additional_data) == (None, door)


def test_nothing_issued_leaves_no_entry():
    property, [suite] = house("10")
    services_of([suite])
    issue_property(property=property, now=AFTER_MARCH, on=APRIL)

    issue_property(property=property, now=AFTER_MARCH, on=APRIL)

    assert len(entries()) == 1

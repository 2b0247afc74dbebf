"""/billing/suite (reference, Suite)."""

import pytest

from billing.models import Service, TenantSuite
from metering.models import MeterSuite, Suite
from tests.factories.billing import InvoiceFactory, ServiceFactory, TenantFactory
from tests.factories.metering import MeterFactory, SuiteFactory

ADDRESS = "/api/v1/billing/suite"


def shown(suite, **changes):
    return {"id": suite.public_id, "name": suite.name, "property": suite.property.public_id} | changes


def test_suites_of_a_property(client, property, django_assert_num_queries):
    suites = [SuiteFactory(property=property) for _ in range(3)]
    SuiteFactory(property__company=property.company)

    with django_assert_num_queries(3):
        answer = client.get(ADDRESS, {"property": property.public_id})

    assert (answer.status_code, answer.json()) == (200, [shown(suite) for suite in suites])


def test_post_creates_a_suite(client, property, address):
    answer = client.post(address("suite"), {"name": "My New Suite"})

    suite = Suite.objects.get()
    assert (answer.status_code, answer.json()) == (201, shown(suite, name="My New Suite"))


@pytest.mark.parametrize("method", ["post", "put"])
def test_a_taken_name_is_a_conflict(client, property, address, method):
    taken, other = SuiteFactory(property=property, name="101"), SuiteFactory(property=property, name="102")
    query = {"id": other.public_id} if method == "put" else {}

    answer = getattr(client, method)(address("suite", **query), {"name": taken.name})

    assert answer.status_code == 409
    assert list(Suite.objects.order_by("name").values_list("name", flat=True)) == ["101", "102"]


def test_put_renames_a_suite(client, property, address):
    suite = SuiteFactory(property=property)

    answer = client.put(address("suite", id=suite.public_id), {"name": "My Newer Suite"})

    assert (answer.status_code, answer.json()) == (200, shown(suite, name="My Newer Suite"))


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": None}, {"name": 5}, {"name": "A", "floor": "1"}])
def test_post_refuses_what_is_not_valid(client, property, address, body):
    answer = client.post(address("suite"), body)

    assert (answer.status_code, len(answer.json()["fields"]), Suite.objects.count()) == (400, 1, 0)


def test_delete_returns_the_suite_and_lets_go_of_meters_services_and_tenants(client, property, address):
    suite = SuiteFactory(property=property)
    meter = MeterFactory(suite=suite)
    tenant = TenantFactory(suite=suite)
    ServiceFactory(suite=suite)

    answer = client.delete(address("suite", id=suite.public_id))

    assert (answer.status_code, answer.json()) == (200, shown(suite))
    assert [model.objects.count() for model in (Suite, MeterSuite, Service, TenantSuite)] == [0, 0, 0, 0]
    meter.refresh_from_db()
    tenant.refresh_from_db()


def test_a_suite_with_invoices_is_not_deleted_and_the_message_says_how_many(client, property, address):
    service = ServiceFactory(suite__property=property, suite__name="Suite 101")
    InvoiceFactory.create(service=service)

    answer = client.delete(address("suite", id=service.suite.public_id))

    assert answer.status_code == 409
    assert answer.json()["message"] == (
        "The suite 'Suite 101' has 1 invoice, which is kept, so the suite cannot be deleted."
    )
    assert Suite.objects.count() == 1

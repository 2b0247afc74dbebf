"""/billing/service (reference, Service)."""

from datetime import UTC, datetime

import pytest
import time_machine

from billing.models import Invoice, Service
from tests.factories.billing import InvoiceFactory, ServiceFactory
from tests.factories.metering import SuiteFactory

ADDRESS = "/api/v1/billing/service"
TYPES = ["Split From General", "General Consumption Price", "Customized Price"]


def shown(service, **changes):
    return {
        "active": service.active,
        "address": service.address,
        "day_of_month": service.day_of_month,
        "id": service.public_id,
        "invoice_type": service.invoice_type,
        "name": service.name,
        "property": service.property.public_id,
        "suite": service.suite.public_id,
    } | changes


@pytest.fixture
def suite(property):
    return SuiteFactory(property=property)


@pytest.fixture
def body(suite):
    return {
        "address": "2134 Here St.",
        "day_of_month": 5,
        "invoice_type": "Split From General",
        "name": "My Service",
        "suite": suite.public_id,
    }


def test_services_of_a_property(client, suite, django_assert_num_queries):
    services = [ServiceFactory(suite=suite), ServiceFactory(suite=suite, active=False), ServiceFactory(suite=suite)]
    ServiceFactory(suite__property__company=suite.property.company)

    with django_assert_num_queries(3):
        answer = client.get(ADDRESS, {"property": suite.property.public_id})

    assert (answer.status_code, answer.json()) == (200, [shown(service) for service in services])


def test_post_creates_an_active_service(client, suite, address, body):
    answer = client.post(address("service"), body)

    service = Service.objects.get()
    expected = {**body, "active": True, "id": service.public_id, "property": suite.property.public_id}
    assert (answer.status_code, answer.json()) == (201, expected)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day_of_month", 0),
        ("day_of_month", 32),
        ("day_of_month", "5"),
        ("invoice_type", "Split"),
        ("invoice_type", None),
        ("suite", "ffffffff"),
        ("suite", None),
        ("address", ""),
        ("active", 1),
        ("active_since", "2000-01-01T00:00:00"),
        ("settled_until", "2000-01-01"),
    ],
)
def test_post_refuses_what_is_not_valid_and_names_it(client, address, body, field, value):
    answer = client.post(address("service"), {**body, field: value})

    assert (answer.status_code, list(answer.json()["fields"]), Service.objects.count()) == (400, [field], 0)


def test_an_unknown_type_is_refused_with_those_that_serve(client, address, body):
    message = client.post(address("service"), {**body, "invoice_type": "Split"}).json()["message"]

    assert all(name in message for name in TYPES)


@pytest.mark.parametrize("method", ["post", "put"])
def test_the_suite_of_another_property_is_refused(client, suite, address, body, method):
    service = ServiceFactory(suite=suite)
    other = SuiteFactory(property__company=suite.property.company)

    answer = getattr(client, method)(
        address("service", **({"id": service.public_id} if method == "put" else {})),
        {**body, "suite": other.public_id},
    )

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["suite"])
    assert list(Service.objects.values_list("suite", flat=True)) == [suite.pk]


def test_put_changes_what_it_is_sent(client, suite, address):
    service = ServiceFactory(suite=suite)

    answer = client.put(address("service", id=service.public_id), {"day_of_month": 31, "active": False})

    assert (answer.status_code, answer.json()) == (200, shown(service, day_of_month=31, active=False))


def test_a_service_made_active_again_does_not_catch_up(client, suite, address):
    service = ServiceFactory(suite=suite, active=False, active_since=datetime(2020, 1, 1, tzinfo=UTC))
    now = datetime(2021, 4, 12, tzinfo=UTC)

    with time_machine.travel(now, tick=False):
        client.token.expires = datetime(2021, 4, 13, tzinfo=UTC)
        client.token.save()
        client.put(address("service", id=service.public_id), {"active": True})

    service.refresh_from_db()
    assert (service.active, service.active_since) == (True, now)


def test_a_change_of_an_active_service_leaves_its_beginning_alone(client, suite, address):
    since = datetime(2020, 1, 1, tzinfo=UTC)
    service = ServiceFactory(suite=suite, active_since=since)

    client.put(address("service", id=service.public_id), {"active": True, "name": "Other"})

    service.refresh_from_db()
    assert service.active_since == since


def test_delete_returns_the_service_and_keeps_its_invoices(client, suite, address):
    service = ServiceFactory(suite=suite)
    InvoiceFactory(service=service)

    answer = client.delete(address("service", id=service.public_id))

    assert (answer.status_code, answer.json(), Service.objects.count()) == (200, shown(service), 0)
    assert list(Invoice.objects.values_list("service", "service_reference")) == [(None, service.public_id)]

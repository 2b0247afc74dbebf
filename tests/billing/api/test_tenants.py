"""/billing/tenant and /billing/tenant-suite (reference, Tenant and Tenant Suite)."""

import pytest

from billing.models import Tenant, TenantSuite
from tests.factories.billing import InvoiceFactory, TenantFactory
from tests.factories.metering import SuiteFactory

ADDRESS = "/api/v1/billing/tenant"
BODY = {
    "address": "123 Main St.",
    "email": "support@intellimeter.ca",
    "first_name": "John",
    "last_name": "Doe",
    "phone": None,
}


def shown(tenant, **changes):
    return {
        "address": tenant.address,
        "email": tenant.email,
        "first_name": tenant.first_name,
        "id": tenant.public_id,
        "last_name": tenant.last_name,
        "phone": tenant.phone,
        "property": tenant.property.public_id,
    } | changes


def shown_suite(suite):
    return {"id": suite.public_id, "name": suite.name, "property": suite.property.public_id}


def test_tenants_of_a_property(client, property, django_assert_num_queries):
    tenants = [TenantFactory(property=property) for _ in range(3)]
    TenantFactory(property__company=property.company)

    with django_assert_num_queries(3):
        answer = client.get(ADDRESS, {"property": property.public_id})

    assert (answer.status_code, answer.json()) == (200, [shown(tenant) for tenant in tenants])


def test_post_creates_a_tenant(client, property, address):
    answer = client.post(address("tenant"), BODY)

    expected = {**BODY, "id": Tenant.objects.get().public_id, "property": property.public_id}
    assert (answer.status_code, answer.json()) == (201, expected)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "test"),
        ("email", None),
        ("first_name", ""),
        ("last_name", 5),
        ("address", None),
        ("phone", 5),
        ("suite", "101"),
    ],
)
def test_post_refuses_what_is_not_valid_and_names_it(client, address, field, value):
    answer = client.post(address("tenant"), {**BODY, field: value})

    assert (answer.status_code, list(answer.json()["fields"]), Tenant.objects.count()) == (400, [field], 0)


def test_put_changes_what_it_is_sent_and_null_clears_the_phone(client, property, address):
    tenant = TenantFactory(property=property, phone="416 555 0100")

    answer = client.put(address("tenant", id=tenant.public_id), {"phone": None, "first_name": "Ada"})

    assert (answer.status_code, answer.json()) == (200, shown(tenant, phone=None, first_name="Ada"))


def test_delete_returns_the_tenant_and_invoices_keep_their_copy(client, property, address):
    suite = SuiteFactory(property=property)
    tenant = TenantFactory(suite=suite)
    invoice = InvoiceFactory(service__suite=suite, recipients=[{"name": str(tenant), "email": tenant.email}])

    answer = client.delete(address("tenant", id=tenant.public_id))

    assert (answer.status_code, answer.json()) == (200, shown(tenant))
    assert (Tenant.objects.count(), TenantSuite.objects.count()) == (0, 0)
    invoice.refresh_from_db()
    assert invoice.recipients == [{"name": str(tenant), "email": tenant.email}]


# --- bindings


@pytest.fixture
def pair(property):
    return TenantFactory(property=property), SuiteFactory(property=property)


def bindings():
    return set(TenantSuite.objects.values_list("tenant__public_id", "suite__public_id"))


def test_post_binds_and_a_repeat_changes_nothing(client, pair, address):
    tenant, suite = pair
    body = {"suite": suite.public_id, "tenant": tenant.public_id}

    answers = [client.post(address("tenant-suite"), body) for _ in range(2)]

    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b""), (204, b"")]
    assert bindings() == {(tenant.public_id, suite.public_id)}


def test_list_is_of_the_suites_of_a_tenant_or_the_tenants_of_a_suite(client, pair, address, django_assert_num_queries):
    tenant, suite = pair
    second = TenantFactory(suite=suite)
    other = SuiteFactory(property=suite.property)
    TenantSuite.objects.bulk_create(TenantSuite(tenant=tenant, suite=one) for one in (suite, other))

    with django_assert_num_queries(4):
        tenants = client.get(address("tenant-suite", suite=suite.public_id))
    with django_assert_num_queries(4):
        suites = client.get(address("tenant-suite", tenant=tenant.public_id))

    assert tenants.json() == [shown(tenant), shown(second)]
    assert suites.json() == [shown_suite(suite), shown_suite(other)]


def test_list_takes_exactly_one_of_tenant_and_suite(client, pair, address):
    tenant, suite = pair

    assert client.get(address("tenant-suite")).status_code == 400
    both = client.get(address("tenant-suite", tenant=tenant.public_id, suite=suite.public_id))
    assert (both.status_code, both.json()["message"]) == (
        400,
        "Exactly one of the parameters tenant and suite is required.",
    )


def test_delete_unbinds_and_a_repeat_is_not_found(client, pair, address):
    tenant, suite = pair
    TenantSuite.objects.create(tenant=tenant, suite=suite)
    there = address("tenant-suite", tenant=tenant.public_id, suite=suite.public_id)

    assert (client.delete(there).status_code, bindings()) == (204, set())
    assert client.delete(there).status_code == 404


@pytest.mark.parametrize("missing", ["tenant", "suite"])
def test_delete_needs_tenant_and_suite(client, pair, address, missing):
    tenant, suite = pair
    query = {"tenant": tenant.public_id, "suite": suite.public_id}
    del query[missing]

    answer = client.delete(address("tenant-suite", **query))

    assert (answer.status_code, list(answer.json()["fields"])) == (400, [missing])


@pytest.mark.parametrize("foreign", ["tenant", "suite"])
def test_another_propertys_tenant_or_suite_is_refused(client, pair, address, foreign):
    tenant, suite = pair
    body = {"suite": suite.public_id, "tenant": tenant.public_id}
    factory = TenantFactory if foreign == "tenant" else SuiteFactory
    body[foreign] = factory(property__company=suite.property.company).public_id

    created = client.post(address("tenant-suite"), body)
    deleted = client.delete(address("tenant-suite", **body))

    assert (created.status_code, list(created.json()["fields"])) == (400, [foreign])
    assert deleted.status_code == 404
    assert bindings() == set()

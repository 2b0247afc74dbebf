"""Who may do what: every operation of billing needs its own scope, and shows or changes nothing of anybody else's."""

import pytest

from billing.models import Constants, Fee, Invoice, Service, Tenant, TenantSuite
from metering.models import Suite
from tests.factories.accounts import UserFactory, api_client
from tests.factories.billing import FeeFactory, InvoiceFactory, ServiceFactory, TenantFactory
from tests.factories.metering import PropertyFactory

pytestmark = pytest.mark.django_db

# method, addresses, kind of object whose id the query names, scope, what the owner gets
OPERATIONS = [
    ("get", ["billing/constants", "constants"], None, "billing:constant:read", 200),
    ("put", ["billing/constants", "constants"], None, "billing:constant:update", 200),
    ("get", ["billing/fee", "fee"], "fee", "billing:fee:read", 200),
    ("post", ["billing/fee", "fee"], None, "billing:fee:write", 400),
    ("post", ["billing/feeFlush", "feeFlush"], None, "billing:fee:write", 400),
    ("put", ["billing/fee", "fee"], "fee", "billing:fee:update", 200),
    ("delete", ["billing/fee", "fee"], "fee", "billing:fee:delete", 200),
    ("get", ["billing/invoice", "invoice"], "invoice", "billing:invoice:read", 200),
    ("put", ["billing/invoice", "invoice"], "invoice", "billing:invoice:update", 200),
    ("post", ["billing/invoice", "invoice"], None, "billing:invoice:generate", 400),
    ("get", ["billing/service", "service"], "service", "billing:service:read", 200),
    ("post", ["billing/service", "service"], None, "billing:service:create", 400),
    ("put", ["billing/service", "service"], "service", "billing:service:update", 200),
    ("delete", ["billing/service", "service"], "service", "billing:service:delete", 200),
    ("get", ["billing/suite", "suite"], "suite", "billing:suite:read", 200),
    ("post", ["billing/suite", "suite"], None, "billing:suite:create", 400),
    ("put", ["billing/suite", "suite"], "suite", "billing:suite:update", 200),
    ("delete", ["billing/suite", "suite"], "suite", "billing:suite:delete", 409),
    ("get", ["billing/tenant", "tenant"], "tenant", "billing:tenant:read", 200),
    ("post", ["billing/tenant", "tenant"], None, "billing:tenant:create", 400),
    ("put", ["billing/tenant", "tenant"], "tenant", "billing:tenant:update", 200),
    ("delete", ["billing/tenant", "tenant"], "tenant", "billing:tenant:delete", 200),
    ("get", ["billing/tenant-suite", "tenantSuite"], "tenant=", "billing:tenant-suite:read", 200),
    ("post", ["billing/tenant-suite", "tenantSuite"], None, "billing:tenant-suite:create", 400),
    ("delete", ["billing/tenant-suite", "tenantSuite"], "tenant=", "billing:tenant-suite:delete", 400),
]
EACH = [
    pytest.param(method, f"/api/v1/{address}", kind, scope, status, id=f"{method} {address}")
    for method, addresses, kind, scope, status in OPERATIONS
    for address in addresses
]
CANONICAL = [one for one in EACH if one.values[1].startswith("/api/v1/billing/")]
READ_ONLY_SCOPE = "meter:meters:read"


def estate(company=None):
    """A property with one object of each kind, and their ids."""
    property = PropertyFactory(**({"company": company} if company else {}))
    service = ServiceFactory(suite__property=property)
    tenant = TenantFactory(suite=service.suite)
    rows = {
        "fee": FeeFactory(property=property),
        "invoice": InvoiceFactory(service=service),
        "service": service,
        "suite": service.suite,
        "tenant": tenant,
    }
    return property, {kind: row.public_id for kind, row in rows.items()}


def query(property, ids, kind) -> str:
    if kind is None:
        return f"?property={property.public_id}"
    name = "tenant" if kind == "tenant=" else "id"
    return f"?property={property.public_id}&{name}={ids[kind.rstrip('=')]}"


def state():
    """All that billing's operations can change."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Constants, Fee, Invoice, Service, Suite, Tenant, TenantSuite)
    ]


@pytest.mark.parametrize(("method", "address", "kind", "scope", "status"), EACH)
def test_the_declared_scope_is_enough(method, address, kind, scope, status):
    client = api_client(scope, user=UserFactory())
    property, ids = estate(client.user.company)

    assert getattr(client, method)(address + query(property, ids, kind), {}).status_code == status


@pytest.mark.parametrize(("method", "address", "kind", "scope", "status"), CANONICAL)
def test_any_other_scope_is_forbidden(method, address, kind, scope, status):
    others = [name for _, _, _, name, _ in OPERATIONS if name != scope]
    client = api_client(READ_ONLY_SCOPE, *others)
    property, ids = estate(client.user.company)
    before = state()

    answer = getattr(client, method)(address + query(property, ids, kind), {})

    assert (answer.status_code, scope in answer.json()["message"], state() == before) == (403, True, True)


@pytest.mark.parametrize(("method", "address", "kind", "scope", "status"), CANONICAL)
def test_without_a_token_nothing_is_shown_or_changed(client_without_token, method, address, kind, scope, status):
    property, ids = estate()
    before = state()

    answer = getattr(client_without_token, method)(address + query(property, ids, kind), {})

    assert (answer.status_code, answer["WWW-Authenticate"][:6], state() == before) == (401, "Bearer", True)


@pytest.fixture
def client_without_token():
    client = api_client(READ_ONLY_SCOPE)
    client.credentials()
    return client


@pytest.mark.parametrize(("method", "address", "kind", "scope", "status"), CANONICAL)
def test_another_companys_property_is_not_found(method, address, kind, scope, status):
    client = api_client(scope)
    property, ids = estate()
    before = state()

    answer = getattr(client, method)(address + query(property, ids, kind), {})

    assert (answer.status_code, state() == before) == (404, True)


@pytest.mark.parametrize(("method", "address", "kind", "scope", "status"), [one for one in CANONICAL if one.values[2]])
def test_another_companys_object_is_not_found_in_ones_own_property(method, address, kind, scope, status):
    client = api_client(scope)
    property, _ = estate(client.user.company)
    _, foreign = estate()
    before = state()

    answer = getattr(client, method)(address + query(property, foreign, kind), {})

    assert (answer.status_code, state() == before) == (404, True)


@pytest.mark.parametrize(("method", "address", "kind", "scope", "status"), CANONICAL)
def test_a_property_that_the_user_was_not_given_is_not_found(method, address, kind, scope, status):
    user = UserFactory(all_properties=False)
    given, _ = estate(user.company)
    given.access.create(user=user)
    property, ids = estate(user.company)
    client = api_client(scope, user=user)
    before = state()

    answer = getattr(client, method)(address + query(property, ids, kind), {})

    assert (answer.status_code, state() == before) == (404, True)


@pytest.mark.parametrize(
    ("method", "address"),
    [
        (method, address)
        for method, address in [(one.values[0], one.values[1]) for one in CANONICAL]
        if not address.endswith("constants") and (method, address.split("/")[-1]) != ("post", "fee")
    ],
)
def test_the_property_is_required(method, address):
    client = api_client("billing:*:*")
    estate(client.user.company)
    before = state()

    answer = getattr(client, method)(address, {})

    assert (answer.status_code, state() == before) == (400, True)


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("post", "constants"),
        ("delete", "constants"),
        ("delete", "invoice"),
        ("get", "feeFlush"),
        ("put", "tenantSuite"),
    ],
)
def test_a_method_that_is_not_served(method, address):
    client = api_client("billing:*:*")

    assert getattr(client, method)(f"/api/v1/{address}", {}).status_code == 405

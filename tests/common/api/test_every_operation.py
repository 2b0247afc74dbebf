"""Whatever is sent, an operation answers: no body and no parameter makes a 500."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.accounts import AdminFactory, api_client
from tests.factories.billing import FeeFactory, InvoiceFactory, ServiceFactory, TenantFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory

pytestmark = pytest.mark.django_db

FIELDS = [
    "name",
    "value",
    "active",
    "property",
    "suite",
    "tenant",
    "service",
    "address",
    "invoice_type",
    "day_of_month",
    "email",
    "first_name",
    "last_name",
    "phone",
    "floor",
    "panel",
    "register_max",
    "days_to_pay",
    "invoice_from",
    "price_per_electricity",
    "tax_rate",
    "month",
    "paid",
    "id",
    "timezone",
    "display_name",
    "reads",
    "replace",
    "scope",
    "grant_type",
    "refresh_token",
    "access_token",
]
PARAMETERS = [
    "suite",
    "tenant",
    "service",
    "by",
    "limit_quantity",
    "limit_unit",
    "start",
    "end",
    "interval",
    "type",
    "ids",
    "limit",
    "offset",
    "paid",
]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=30),
    st.sampled_from(["2021-03", "2021-13", "2021-03-14T02:30:00", "00000000", "", "\x00", "9" * 400, "-1", "1e400"]),
    st.sampled_from([10**30, -1, 0, 1e308, 2**63, "Customized Price", "KNOWN"]),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
bodies = st.dictionaries(st.sampled_from(FIELDS), values, max_size=6) | values
KNOWN = st.just("KNOWN")
KNOWN = st.just("KNOWN")
anything = st.one_of(KNOWN, st.text(max_size=12), st.sampled_from(["0", "-1", "2021-03-14T02:30:00", "hour", "RAW"]))
queries = st.fixed_dictionaries(
    {name: st.sampled_from(["KNOWN"] * 4 + ["00000000"]) for name in ("property", "id")},
    optional=dict.fromkeys(PARAMETERS, anything),
)


def operations():
    """Method and address of everything under `/api/v1`; of an operation with several addresses, one."""
    found, stack = {}, [("", get_resolver())]
    while stack:
        prefix, resolver = stack.pop()
        for pattern in resolver.url_patterns:
            address = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                stack.append((address, pattern))
            elif address.startswith("api/v1/"):
                actions = getattr(pattern.callback, "actions", None) or {"post": "post"}
                for method in actions.keys() - {"head"}:
                    found[getattr(pattern.callback, "cls", pattern.callback), actions[method]] = (
                        method,
                        re.sub(r"<[^>]+>", "x", address),
                    )
    return sorted(found.values())


@pytest.fixture
def world():
    """An admin's client, and an id of each thing of their company; `id` is one of whatever the address is about."""
    house = PropertyFactory()
    suite = SuiteFactory(property=house)
    service = ServiceFactory(suite=suite)
    rows = {
        "property": house,
        "suite": suite,
        "service": service,
        "tenant": TenantFactory(suite=suite),
        "meter": MeterFactory(suite=suite),
        "fee": FeeFactory(property=house),
        "invoice": InvoiceFactory(service=service),
    }
    client = api_client(user=AdminFactory(company=house.company))
    client.raise_request_exception = False
    return client, {name: row.public_id for name, row in rows.items()}


@pytest.mark.parametrize(("method", "address"), operations())
def test_operation_never_fails_on_what_is_sent(world, method, address):
    client, ids = world
    about = re.split(r"[/-]", address.removesuffix("/x"))[-1]

    def filled(values):
        return {
            name: ids.get(about if name == "id" else name, value) if value == "KNOWN" else value
            for name, value in values.items()
        }

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(query=queries, body=bodies)
    def send(query, body):
        sent = json.dumps(filled(body) if isinstance(body, dict) else body)
        target = f"/{address}?{urlencode(filled(query))}"
        with transaction.atomic():
            answer = client.generic(method.upper(), target, sent, "application/json")
            transaction.set_rollback(True)
        assert answer.status_code < 500, (target, sent)
        if answer.status_code >= 400:
            assert answer.json().keys() & {"message", "error_description"}

    send()

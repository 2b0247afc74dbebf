"""What every answer has besides its body: CORS, a request id, compression, totals (decisions, section 2)."""

import gzip
import io
import json
import logging

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from billing.models import TenantSuite
from intellimeter.common.request_ids import RequestIdFilter
from tests.contract.calls import ROOT, call
from tests.contract.operations import OPERATIONS
from tests.contract.world import World
from tests.factories.accounts import ApplicationFactory, UserFactory, api_client
from tests.factories.billing import FeeFactory, InvoiceFactory, ServiceFactory, TenantFactory
from tests.factories.fileupload import FtpsDestinationFactory, HttpDestinationFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory

pytestmark = pytest.mark.django_db
ORIGIN = "https://integrator.example"
LISTS = [
    one
    for one in OPERATIONS
    if one.method == "GET" and isinstance(one.answer, list) and one.address.partition("/")[0] not in {"read", "reports"}
]


# --- CORS: any origin, credentials allowed, and no token for a preflight


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_a_preflight_needs_no_token_and_mirrors_the_origin(operation):
    answer = APIClient().options(
        ROOT + operation.address,
        headers={
            "Origin": ORIGIN,
            "Access-Control-Request-Method": operation.method,
            "Access-Control-Request-Headers": "authorization, content-type, cache-control, x-request-id",
        },
    )

    allowed = {name.strip() for name in answer["Access-Control-Allow-Headers"].split(",")}
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Access-Control-Allow-Origin"] == ORIGIN
    assert answer["Access-Control-Allow-Credentials"] == "true"
    assert operation.method in answer["Access-Control-Allow-Methods"]
    assert {"authorization", "content-type", "cache-control", "x-request-id"} <= allowed


@pytest.mark.parametrize(
    ("address", "status", "token"), [("user", 200, True), ("user", 401, False), ("nothing", 404, False)]
)
def test_every_answer_may_be_read_by_any_origin(address, status, token):
    client = api_client()
    if not token:
        client.credentials()

    answer = client.get(ROOT + address, headers={"Origin": ORIGIN})

    exposed = {name.strip() for name in answer["Access-Control-Expose-Headers"].split(",")}
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (status, ORIGIN)
    assert (answer["Access-Control-Allow-Credentials"], "origin" in answer["Vary"].lower()) == ("true", True)
    assert {"Link", "X-Total-Count", "X-Request-Id", "Retry-After", "WWW-Authenticate"} <= exposed


def test_pages_of_the_portal_are_for_no_other_origin():
    assert "Access-Control-Allow-Origin" not in APIClient().get("/sign-in", headers={"Origin": ORIGIN}).headers


# --- request ids


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("4bf92f35-77b3", True),
        ("trace:1/2+3=@x", True),
        ("x" * 128, True),
        ("x" * 129, False),
        ("two words", False),
        ("<script>", False),
        ("", False),
    ],
)
def test_a_senders_request_id_is_kept_where_it_is_sane(sent, kept):
    got = api_client().get(f"{ROOT}user", headers={"X-Request-Id": sent})["X-Request-Id"]

    assert (got == sent, 1 <= len(got) <= 128, " " in got) == (kept, True, False)


@pytest.mark.parametrize("address", ["/api/v1/user", "/api/v1/nothing", "/nothing", "/sign-in", "/static/nothing"])
def test_every_answer_has_an_id_of_its_own(address):
    first, second = (APIClient().get(address)["X-Request-Id"] for _ in range(2))

    assert first != second


def test_the_log_and_the_audit_log_have_the_id():
    client = api_client(user=World().user)
    [handler] = [
        one for one in logging.getLogger().handlers if any(isinstance(f, RequestIdFilter) for f in one.filters)
    ]
    lines = io.StringIO()
    before = handler.setStream(lines)

    client.put(f"{ROOT}company", {"name": "Oak"}, headers={"X-Request-Id": "my-request"})
    client.get(f"{ROOT}users?user=00000000", headers={"X-Request-Id": "another"})
    logging.getLogger("elsewhere").warning("Behind the requests")
    handler.setStream(before)

    assert LogEntry.objects.latest("pk").cid == "my-request"
    first, second = lines.getvalue().splitlines()
    assert first.endswith("Not Found: /api/v1/users status_code=404 request_id=another")
    assert second.endswith("elsewhere Behind the requests")


# --- compression


def test_a_streamed_list_is_compressed_for_who_reads_it():
    world = World()
    client = api_client(user=world.user)
    [operation] = [one for one in OPERATIONS if (one.address, one.note) == ("read", "by meter")]
    plain = call(client, operation, world)

    packed = client.get(f"{ROOT}read?by=meter", headers={"Accept-Encoding": "gzip"})

    assert (plain.streaming, packed.streaming, packed["Content-Encoding"]) == (True, True, "gzip")
    assert "Content-Encoding" not in plain.headers
    assert json.loads(gzip.decompress(packed.getvalue())) == json.loads(plain.getvalue())


def test_a_long_list_is_compressed_and_a_short_one_is_not():
    world = World()
    UserFactory.create_batch(5, company=world.user.company)
    client = api_client(user=world.user)

    long, short = (client.get(ROOT + name, headers={"Accept-Encoding": "gzip"}) for name in ("users", "billing/fee"))

    assert (long["Content-Encoding"], "Content-Encoding" in short.headers) == ("gzip", False)
    assert len(json.loads(gzip.decompress(long.content))) == 7


# --- lists


@pytest.mark.parametrize("operation", LISTS, ids=str)
def test_a_list_tells_its_total_and_is_paged(operation):
    world = World()
    client = api_client(user=world.user)
    whole = call(client, operation, world)
    total = len(whole.json())

    page = call(client, operation, world, query={**operation.query, "limit": 1, "offset": total - 1})

    assert whole["X-Total-Count"] == page["X-Total-Count"] == str(total)
    assert page.json() == whole.json()[-1:]
    assert 'rel="first"' in page["Link"]


@pytest.mark.parametrize("operation", LISTS, ids=str)
def test_a_list_takes_as_many_queries_however_long(operation, django_assert_num_queries):
    world = World()
    client = api_client(user=world.user)
    with CaptureQueriesContext(connection) as of_few:
        call(client, operation, world)
    for _ in range(4):
        suite = SuiteFactory(property=world.property)
        InvoiceFactory(service=ServiceFactory(suite=suite))
        MeterFactory(suite=suite)
        TenantSuite.objects.create(tenant=TenantFactory(property=world.property), suite_id=world.suite.pk)
        TenantSuite.objects.create(tenant=world.tenant, suite=suite)
        FeeFactory(property=world.property)
        house = PropertyFactory(company=world.user.company)
        HttpDestinationFactory(property=house)
        FtpsDestinationFactory(property=house)
        ApplicationFactory(user=world.user)
        world.property.access.create(user=UserFactory(company=world.user.company, all_properties=False))

    with django_assert_num_queries(len(of_few)):
        answer = call(client, operation, world)

    named = operation.note == "one"
    assert len(answer.json()) == 1 if named else len(answer.json()) > 4

"""Tokens: how many a second beside a bare view that writes the same rows, and what the check of one costs a GET /read."""

import json
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.test import RequestFactory
from rest_framework.request import Request

from accounts.models import Application, Company
from accounts.oauth.authentication import BearerAuthentication
from accounts.services import create_application, create_user
from bench.context import STEP, Context
from bench.results import Result, milliseconds
from bench.server import Client, server
from bench.sites import REGISTER_ONLY, add_property, register, serial_number
from metering.ingest import RawRow, ingest
from metering.models import Property

METERS = 50
CLIENTS = 4
REQUESTS = 100
WARM_UP = 20
SCOPES = "meter:reads:read"


def measure(context: Context) -> list[Result]:
    company = Company.objects.create(name="Bench tokens")
    property = _property(context, company)
    user = create_user(
        company=company, password=None, email="tokens@example.com", first_name="B", last_name="B", is_admin=True
    )
    application, secret = create_application(user=user, name="Bench tokens", scopes=SCOPES)
    context.settle_down()
    connection.close()
    return [_rate(context, application, secret), _check(context, property, application, secret)]


def _rate(context: Context, application: Application, secret: str) -> Result:
    ours = {
        "grant_type": "client_credentials",
        "client_id": application.client_id,
        "client_secret": secret,
        "scope": SCOPES,
    }
    bare = {"application": application.pk, "user": application.user_id, "scope": SCOPES}
    with server() as client, server("bench.yardsticks.tokens:application") as yardstick:
        # They take turns, and the first turn warms up
        rates = [(_per_second(client, ours), _per_second(yardstick, bare)) for _ in range(context.repeats + 1)]
    own, others = (statistics.median(column) for column in zip(*rates[1:], strict=True))
    return Result(
        f"tokens by POST /api/v1/auth, {CLIENTS} clients at once",
        "a bare view that writes the same rows",
        f"{own:,.0f} requests/s",
        f"{others:,.0f} requests/s",
        own / others,
        0.3,
        True,
        context.database,
        context.scale,
    )


def _per_second(client: Client, body: dict[str, object]) -> float:
    content = json.dumps(body).encode()

    def ask(one: Client) -> None:
        for _ in range(REQUESTS):
            one.post("/api/v1/auth", content)

    clients = [client.another() for _ in range(CLIENTS)]
    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for done in [pool.submit(ask, one) for one in clients]:
            done.result()
    return CLIENTS * REQUESTS / (time.perf_counter() - start)


def _check(context: Context, property: Property, application: Application, secret: str) -> Result:
    path = f"/api/v1/read?property={property.public_id}&by=meter&limit_quantity=0"
    with server() as client:
        client.sign_in(application.client_id, secret, SCOPES)
        if len(client.get(path)[property.public_id]) != METERS:
            raise RuntimeError("GET /read does not answer the property's meters.")
        request = Request(RequestFactory().get(path, headers={"Authorization": client.authorization}))
        whole = _median(lambda: client.get(path))
    check = _median(lambda: BearerAuthentication().authenticate(request))
    connection.close()
    return Result(
        "the check of a token: one query",
        f"a whole GET /read of {METERS} meters, with it",
        milliseconds(check),
        milliseconds(whole),
        check / whole,
        0.3,
        False,
        context.database,
        context.scale,
    )


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(WARM_UP + REQUESTS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[WARM_UP:])


def _property(context: Context, company: Company) -> Property:
    """A property whose meters have each a read."""
    property = add_property(company, "BENCH-TOKENS", METERS)
    stamp = (context.end - STEP).isoformat()
    rows = [
        RawRow(number, REGISTER_ONLY, (serial_number(property.job_number, number), stamp, register(number, 1)))
        for number in range(METERS)
    ]
    ingest(property=property, rows=rows)
    return property

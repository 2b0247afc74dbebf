"""schemathesis sends every operation what its description allows, and some that it does not, and finds nothing.

It talks to the WSGI application in this process, with the token of a company that has one of everything. Whatever it writes is
rolled back after each request, so that the next finds everything in its place.
"""

import json
import re
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi import checks

from intellimeter.api_docs.views import rendered
from intellimeter.common.public_ids import PATTERN
from tests.schema.house import House
from tests.schema.test_live_answers import chapter_of

pytestmark = pytest.mark.django_db

EXAMPLES = 6
CONFIG = {
    "generation": {"max-examples": EXAMPLES, "deterministic": True, "allow-x00": True},
    "phases": {"coverage": {"unexpected-methods": [], "generation": {"mode": "positive"}}},
}
SCHEMA = schemathesis.openapi.from_dict(
    json.loads(rendered("http://localhost").content), config=schemathesis.Config.from_dict(CONFIG)
).exclude(deprecated=True)  # the same views at other addresses
SCHEMA.app = WSGIHandler()
schemathesis.serializer.alias("application/vnd.oasis.opendocument.text", "application/octet-stream")
AS_IT_IS = {"Accept-Encoding": "identity"}
"""The client in this process does not unpack."""
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.ignored_auth,
]


@pytest.fixture
def house():
    """A company, on the connection of the test: requests must not close it between them."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield House()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_schemathesis_finds_nothing(case, house):
    aim(case, house)
    with transaction.atomic():
        try:
            case.call_and_validate(headers=house.headers | AS_IT_IS, checks=CHECKS)
        finally:
            transaction.set_rollback(True)


def aim(case: Any, house: House) -> None:
    """Where the generated case has ids of the right form, put those of the house: others would all be a 404."""
    chapter = chapter_of(case.operation.definition.raw)
    for name, value in dict(case.query or {}).items():
        if isinstance(value, str) and re.fullmatch(PATTERN, value):
            case.query[name] = house.real(name, chapter)
    if isinstance(case.body, dict):
        case.body = {
            name: house.real(name, chapter) if isinstance(value, str) and re.fullmatch(PATTERN, value) else value
            for name, value in case.body.items()
        }

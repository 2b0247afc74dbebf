"""Every operation does what its example says, and answers as its description has it.

The examples are the reference's; ids, serial numbers and secrets are put in as a company of the test has them.
"""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from intellimeter.api_docs.document import PAGES
from intellimeter.api_docs.views import rendered
from tests.billing.documents.templates import own_template
from tests.schema.conftest import operations, problems
from tests.schema.house import House

pytestmark = pytest.mark.django_db

DOCUMENT = json.loads(rendered("http://testserver").content)


@pytest.fixture
def house() -> House:
    return House()


def chapter_of(operation: Any) -> str:
    """Of an alias, that of the operation it stands for."""
    names = {one["summary"]: one["tags"][0] for _method, _path, one in operations(DOCUMENT) if "deprecated" not in one}
    return names[operation["summary"]]


def query(operation: Any, house: House) -> dict[str, str]:
    """Required parameters and ids, with what the examples and the house have."""
    chapter = chapter_of(operation)
    found = {}
    for parameter in operation.get("parameters", []):
        name = parameter["name"]
        if parameter["in"] == "query" and (parameter.get("required") or name in {"property", "id"}):
            found[name] = house.real(name, chapter) if name in house.ids or name == "id" else parameter["example"]
    if "token" in found:
        found["token"] = house.generated()
    if operation["operationId"].endswith("tenant_suite_list"):
        found["suite"] = house.ids["suite"]
    return found


def bodies(operation: Any) -> list[tuple[str | None, Any]]:
    """An example of each media type that is sent."""
    found = []
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        examples = [one["value"] for one in content.get("examples", {}).values()] or [content.get("example")]
        found.append((media_type, examples[0]))
    return found or [(None, None)]


def promised(answer: Any) -> set[str]:
    """The headers that the answer always has."""
    shared = DOCUMENT["components"]["headers"]
    headers = {
        name: shared[header["$ref"].rpartition("/")[2]] if "$ref" in header else header
        for name, header in answer["headers"].items()
    }
    return {name for name, header in headers.items() if header.get("required")}


CASES = [
    pytest.param(method, path, operation, media_type, body, id=f"{operation['operationId']} {media_type or ''}".strip())
    for method, path, operation in operations(DOCUMENT)
    if path not in PAGES  # the tests of the flow have a browser
    for media_type, body in bodies(operation)
]


@pytest.mark.parametrize(("method", "path", "operation", "media_type", "body"), CASES)
def test_operation_answers_as_described(method, path, operation, media_type, body, house):
    address = path.replace("{name}", house.ids["name"])
    content = house.filled(body, chapter_of(operation))
    if operation["operationId"] == "billing_template_replace":
        content = own_template()
    elif media_type == "application/json":
        content = json.dumps(content)
    elif media_type == "application/x-www-form-urlencoded":
        content = urlencode(content)
    elif isinstance(content, str):
        content = content.replace("20-350-Testing-MFX-1-Meter-01", house.serial_number)
    answer = Client().generic(
        method,
        f"{address}?{urlencode(query(operation, house))}",
        content or b"",
        content_type=media_type or "application/octet-stream",
        headers=house.headers if "security" in operation else {},
    )

    successes = {status for status in operation["responses"] if status.startswith("2")}
    assert {str(answer.status_code)} == successes, b"".join(answer)
    described = operation["responses"][str(answer.status_code)]
    assert [name for name in promised(described) if name not in answer.headers] == []
    if "content" not in described:
        assert b"".join(answer) == b""
        return
    kind = answer["Content-Type"].partition(";")[0]
    assert kind in described["content"]
    if kind == "application/json":
        assert problems(DOCUMENT, described["content"][kind]["schema"], json.loads(b"".join(answer))) == []

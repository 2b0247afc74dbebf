"""The description is valid OpenAPI 3.1, leaves no operation out, and its examples are true to it (style, point 4)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from drf_spectacular.validation import validate_schema
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from accounts.scopes import ALL_SCOPES
from intellimeter.api_docs.document import PAGES
from intellimeter.common.api.schema.described import Chapter
from tests.architecture.test_api_operations import PREFIX, api_views
from tests.architecture.test_api_operations import operations as routed
from tests.conftest import ROOT
from tests.schema.conftest import answers, operations, problems

ERRORS = {"400", "401", "403", "404", "409", "413", "415", "429"}


def served_address(address: str) -> str:
    return "/" + PREFIX + address.replace("<str:name>", "{name}")


def test_the_description_is_openapi_3_1(document):
    validate_schema(document)

    assert document["openapi"] == "3.1.0"
    assert list(OPENAPI_31_VALIDATOR.iter_errors(document)) == []


def test_spectacular_finds_nothing_to_warn_of():
    call_command("spectacular", fail_on_warn=True, validate=True, stdout=StringIO())


def test_the_description_is_the_same_in_every_process():
    """Sets are iterated in another order there; browsers' caches compare what each process sends."""
    command = [sys.executable, "manage.py", "spectacular", "--format", "openapi-json"]
    made = {
        subprocess.run(
            command, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }

    assert len(made) == 1


def test_every_routed_operation_is_described_with_its_scope(document):
    described = {(method, path): operation for method, path, operation in operations(document)}

    assert {
        (one.method, served_address(one.address)): [{"oauth2": [one.view.scopes[one.action]]}] for one in routed()
    } == {key: operation["security"] for key, operation in described.items() if "security" in operation}


def test_every_operation_with_a_scope_says_how_it_refuses(document):
    for method, path, operation in operations(document):
        refusals = ERRORS & operation["responses"].keys()
        expected = {"429"} if path not in PAGES else set()
        if "security" in operation:
            expected |= {"401", "403"}
        if operation.get("parameters"):
            expected |= {"400"}
        if "security" in operation and "requestBody" in operation:
            expected |= {"400", "413", "415"}

        assert expected <= refusals, (method, path)


def test_every_operation_is_told_in_words(document):
    silent = [
        (method, path)
        for method, path, operation in operations(document)
        if not operation["summary"] or operation["tags"] == [] or operation["tags"][0] not in names(document)
    ]

    assert silent == []


def names(document: Any) -> set[str]:
    return {tag["name"] for tag in document["tags"]}


def described_views() -> list[tuple[str, Any]]:
    """The routed views that are part of the description: those for programs. The authorization page is people's."""
    return [
        (address, view) for address, view in api_views() if getattr(view, "cls", None) and view.cls.schema is not None
    ]


def chapters() -> list[Chapter | None]:
    return [getattr(view.cls, "described", None) for _address, view in described_views()]


def test_every_view_names_its_chapter():
    assert None not in chapters()


def test_no_chapter_describes_an_operation_that_is_not_there(document):
    told = {
        operation.summary for chapter in chapters() if chapter is not None for operation in chapter.operations.values()
    }

    assert told == {operation["summary"] for _method, path, operation in operations(document) if path not in PAGES}


def test_operation_ids_are_unique_and_readable(document):
    ids = [operation["operationId"] for _method, _path, operation in operations(document)]

    assert len(ids) == len(set(ids))
    assert all(name.isidentifier() and name.islower() for name in ids)


def test_aliases_are_deprecated_and_name_the_canonical_address(document):
    by_view: dict[Any, list[str]] = {}
    for address, view in described_views():
        by_view.setdefault(view, []).append(served_address(address))

    canonical = {addresses[0] for addresses in by_view.values()}
    undeprecated = {path for _method, path, operation in operations(document) if not operation.get("deprecated")}
    assert undeprecated == canonical | PAGES.keys()


@pytest.mark.parametrize(
    "address", ["billing/constants", "billing/fee", "billing/invoice/{name}", "billing/tenant-suite"]
)
def test_the_sections_address_is_canonical(document, address):
    assert "deprecated" not in document["paths"][f"/api/v1/{address}"]["get"]


def test_all_scopes_and_flows_are_listed(document):
    scheme = document["components"]["securitySchemes"]["oauth2"]

    assert scheme["flows"].keys() == {"clientCredentials", "authorizationCode", "x-deviceAuthorization"}
    assert all(flow["scopes"].keys() == ALL_SCOPES.keys() for flow in scheme["flows"].values())


def examples(document: Any) -> Iterator[tuple[str, Any, Any]]:
    """Every example of a body, an answer or a parameter, with its schema and where it stands."""
    for method, path, operation in operations(document):
        place = f"{method} {path}"
        for parameter in operation.get("parameters", []):
            if "example" in parameter:
                yield f"{place} {parameter['name']}", parameter["schema"], parameter["example"]
        contents = [("sends", operation.get("requestBody", {}).get("content", {}))]
        contents += [(status, answer.get("content", {})) for status, answer in answers(document, operation).items()]
        for what, content in contents:
            for media_type, shown in content.items():
                every = [example["value"] for example in shown.get("examples", {}).values()]
                every += [shown["example"]] if "example" in shown else []
                for example in every:
                    yield f"{place} {what} {media_type}", shown["schema"], example


def test_every_example_fits_its_schema(document):
    found = {place: said for place, schema, value in examples(document) if (said := problems(document, schema, value))}

    assert found == {}


def test_every_json_body_and_answer_has_an_example(document):
    bare = []
    for method, path, operation in operations(document):
        contents = [operation.get("requestBody", {}).get("content", {})]
        contents += [answer.get("content", {}) for answer in answers(document, operation).values()]
        for content in contents:
            json = content.get("application/json")
            if json is not None and not {"example", "examples"} & json.keys() and path != "/api/v1/schema":
                bare.append((method, path))

    assert bare == []

"""The API's description as it is served, and validators of what it says."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from intellimeter.api_docs.views import rendered

Document = dict[str, Any]


@pytest.fixture(scope="session")
def document() -> Document:
    return json.loads(rendered("http://testserver").content)


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Each operation with its method and address."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def answers(document: Document, operation: Document) -> dict[str, Document]:
    """The operation's answers by status, references followed."""
    shared = document["components"]["responses"]
    return {
        status: shared[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
        for status, answer in operation["responses"].items()
    }


def problems(document: Document, schema: Document, value: Any) -> list[str]:
    """What keeps the value from fitting the schema."""
    whole = schema | {"components": document["components"]}
    validator = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]

"""Nothing in the description is left without a word on what it means: it is what people read in the guide's tables."""

from collections.abc import Iterator
from typing import Any

from tests.schema.conftest import Document, answers, operations


def silent(document: Document, schema: Any, place: str, within: tuple[str, ...] = ()) -> Iterator[str]:
    """The fields of a schema, and of those in it, that say nothing of themselves."""
    name = schema.get("$ref")
    if name is not None:
        if name not in within:
            yield from silent(document, named(document, name), place, (*within, name))
        return
    for kind in ("oneOf", "anyOf", "allOf"):
        for part in schema.get(kind, []):
            yield from silent(document, part, place, within)
    for part in (schema.get("items"), schema.get("additionalProperties")):
        if isinstance(part, dict):
            yield from silent(document, part, f"{place}[]", within)
    for field, shape in schema.get("properties", {}).items():
        meaning = shape if "description" in shape else named(document, shape.get("$ref", ""))
        if not meaning.get("description"):
            yield f"{place} {field}"
        yield from silent(document, shape, f"{place} {field}", within)


def named(document: Document, reference: str) -> Any:
    return document["components"]["schemas"].get(reference.rpartition("/")[2], {})


def test_every_parameter_says_what_it_means(document):
    found = [
        f"{method} {path} {parameter['name']}"
        for method, path, operation in operations(document)
        for parameter in operation.get("parameters", [])
        if not parameter.get("description")
    ]

    assert found == []


def test_every_field_that_is_sent_says_what_it_means(document):
    found = {
        field
        for method, path, operation in operations(document)
        for kind, content in operation.get("requestBody", {}).get("content", {}).items()
        for field in silent(document, content["schema"], f"{method} {path} {kind}:")
    }

    assert found == set()


def test_every_field_and_header_that_comes_back_says_what_it_means(document):
    found = set()
    for method, path, operation in operations(document):
        for status, answer in answers(document, operation).items():
            place = f"{method} {path} {status}:"
            for content in answer.get("content", {}).values():
                found |= set(silent(document, content["schema"], place))
            for name, header in answer.get("headers", {}).items():
                shown = document["components"]["headers"].get(header.get("$ref", "").rpartition("/")[2], header)
                if not shown.get("description"):
                    found.add(f"{place} {name}")

    assert found == set()

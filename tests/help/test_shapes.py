"""Schemas in words: types as the guide names them, and the fields of what is sent."""

import pytest

from intellimeter.common.api.schema.shapes import ID, LOCAL_TIME
from intellimeter.help.shapes import Field, fields_of, type_of

DOCUMENT = {
    "components": {
        "schemas": {
            "Fee": {
                "type": "object",
                "properties": {
                    "id": {"type": "string", "readOnly": True},
                    "active": {"type": "boolean"},
                    "name": {"type": "string", "description": "What it is called"},
                },
                "required": ["name"],
            }
        }
    }
}
FEE = {"$ref": "#/components/schemas/Fee"}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (ID, "id"),
        (LOCAL_TIME, "local date and time"),
        ({"type": ["string", "null"]}, "string or null"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "integer"}, "whole number"),
        ({"enum": ["RAW", "CSV", None]}, "one of RAW, CSV, null"),
        ({"const": "code"}, '"code"'),
        ({"type": "array", "items": {"type": "boolean"}}, "list of true or false"),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, "string or whole number"),
        (FEE, "object"),
        ({}, "any value"),
    ],
)
def test_type_in_words(schema, words):
    assert type_of(DOCUMENT, schema) == words


@pytest.mark.parametrize("schema", [FEE, {"type": "array", "items": FEE}, {"allOf": [FEE, {"type": "object"}]}])
def test_fields_begin_with_those_that_must_be_there_and_leave_out_what_is_read_only(schema):
    assert fields_of(DOCUMENT, schema) == [
        Field("name", "string", True, "What it is called"),
        Field("active", "true or false", False, ""),
    ]


def test_fields_of_alternatives_are_required_where_all_require_them_and_mean_what_any_says():
    def grant(name, **more):
        properties = {"grant_type": {"const": name, "description": "Which flow."}}
        properties |= {one: {"type": "string", "description": meaning} for one, meaning in more.items()}
        return {"type": "object", "properties": properties, "required": list(properties)}

    variants = [grant("a", scope="What is asked."), grant("b", scope="Of b: less.", code="It.")]

    assert fields_of(DOCUMENT, {"oneOf": variants}) == [
        Field("grant_type", '"a" or "b"', True, "Which flow."),
        Field("scope", "string", True, "What is asked. Of b: less."),
        Field("code", "string", False, "It."),
    ]


def test_what_is_no_object_has_no_fields():
    assert fields_of(DOCUMENT, {"type": "string", "format": "binary"}) == []

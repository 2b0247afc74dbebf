"""JSON Schemas as people read them: the type of a value in a few words, the fields of an object in rows."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

Schema = Mapping[str, Any]
PATTERNS = {r"^[0-9a-f]{8}$": "id"}
FORMATS = {"date": "date", "date-time": "date and time", "email": "email address", "uri": "URL", "uuid": "UUID"}
DEPTH = 3


class Field(NamedTuple):
    """A field of a body or a parameter: of what type, whether it must be there, what it means, and one as an example."""

    name: str
    type: str
    required: bool
    description: str
    example: str = ""


def resolved(document: Schema, schema: Schema) -> Schema:
    """The schema that a reference leads to, with what is said beside it."""
    while "$ref" in schema:
        target = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        schema = {**target, **{name: value for name, value in schema.items() if name != "$ref"}}
    return schema


def fields_of(document: Schema, schema: Schema) -> list[Field]:
    """The fields of an object, or of the objects in a list, first of all those that must be there; none of anything else."""
    schema = resolved(document, schema)
    if "allOf" in schema:
        found = [field for part in schema["allOf"] for field in fields_of(document, part)]
        return list({field.name: field for field in found}.values())
    for alternatives in ("oneOf", "anyOf"):
        if alternatives in schema:
            return _merged([fields_of(document, part) for part in schema[alternatives]])
    if "items" in schema:
        return fields_of(document, schema["items"])
    required = schema.get("required", [])
    rows = [
        Field(name, type_of(document, one), name in required, resolved(document, one).get("description", ""))
        for name, one in schema.get("properties", {}).items()
        if not resolved(document, one).get("readOnly")
    ]
    return sorted(rows, key=lambda row: not row.required)


def _merged(variants: list[list[Field]]) -> list[Field]:
    """The fields of several shapes, of which one is sent: required is what every shape requires."""
    every: dict[str, list[Field]] = {}
    for field in (field for variant in variants for field in variant):
        every.setdefault(field.name, []).append(field)
    always = [{field.name for field in variant if field.required} for variant in variants if variant]
    return [
        found[0]._replace(
            type=" or ".join(dict.fromkeys(field.type for field in found)),
            required=all(name in names for names in always),
            description=" ".join(dict.fromkeys(field.description for field in found)),
        )
        for name, found in every.items()
    ]


def type_of(document: Schema, schema: Schema, depth: int = 0) -> str:
    """The type in a few words: "id or null", "one of RAW, CSV", "list of strings"."""
    schema = resolved(document, schema)
    for alternatives in ("oneOf", "anyOf"):
        if alternatives in schema and depth < DEPTH:
            found = dict.fromkeys(type_of(document, one, depth + 1) for one in schema[alternatives])
            return " or ".join(found)
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return "one of " + ", ".join("null" if one is None else str(one) for one in schema["enum"])
    kinds = schema.get("type", "any value")
    words = [_word(document, schema, kind, depth) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    return " or ".join(words)


def _word(document: Schema, schema: Schema, kind: str, depth: int) -> str:
    if kind == "string":
        if "\\d{2}T\\d{2}" in schema.get("pattern", ""):
            return "local date and time"
        return PATTERNS.get(schema.get("pattern", "")) or FORMATS.get(schema.get("format", "")) or "string"
    if kind == "array" and "items" in schema and depth < DEPTH:
        return f"list of {type_of(document, schema['items'], depth + 1)}"
    return {"array": "list", "integer": "whole number", "boolean": "true or false"}.get(kind, kind)

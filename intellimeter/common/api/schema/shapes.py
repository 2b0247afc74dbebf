"""JSON Schemas that several operations are put together from."""

from collections.abc import Mapping
from typing import Any

from intellimeter.common.public_ids import PATTERN

Shape = dict[str, Any]

ID: Shape = {"type": "string", "pattern": PATTERN}
DATE: Shape = {"type": "string", "format": "date"}
LOCAL_TIME: Shape = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$",
    "description": "Local time, without an offset.",
}
DURATION: Shape = {"type": "string", "pattern": r"^\d+:\d{2}:\d{2}$"}
TEXT: Shape = {"type": "string"}
NUMBER: Shape = {"type": "number"}
COUNT: Shape = {"type": "integer", "minimum": 0}
FLAG: Shape = {"type": "boolean"}
BINARY: Shape = {"type": "string", "format": "binary"}


def nullable(shape: Shape) -> Shape:
    """The shape, or null."""
    return shape | {"type": [shape["type"], "null"]}


def said(shape: Shape, meaning: str) -> Shape:
    """The shape of a field, with what the field means."""
    return shape | {"description": meaning}


def one_of(*values: str) -> Shape:
    """One of these texts."""
    return {"type": "string", "enum": list(values)}


def any_case(*values: str) -> Shape:
    """One of these texts, in whichever case."""
    either = "|".join("".join(f"[{one.upper()}{one.lower()}]" for one in value) for value in values)
    return {"type": "string", "pattern": f"^({either})$"}


def listed(items: Shape) -> Shape:
    """A list of it."""
    return {"type": "array", "items": items}


def by_property(rows: Shape) -> Shape:
    """An object with a list for each property's id."""
    return {"type": "object", "propertyNames": ID, "additionalProperties": listed(rows)}


def record(properties: Mapping[str, Shape], *, optional: tuple[str, ...] = (), more: Shape | bool = False) -> Shape:
    """An object that has all of the properties but the optional ones; `more` is what others may be."""
    required = [name for name in properties if name not in optional]
    shape: Shape = {"type": "object", "properties": dict(properties), "additionalProperties": more}
    return shape | ({"required": required} if required else {})


def ref(component: str) -> Shape:
    """The schema of an object that other operations serve, by its component's name."""
    return {"$ref": f"#/components/schemas/{component}"}

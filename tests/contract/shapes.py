"""What the parts of an answer look like.

A shape is a dict of shapes (exactly these keys), a list of one shape (of each of its items, of which there is one at least),
a kind below, or the value itself.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """A kind of value, by name for the messages of tests that fail."""

    name: str
    holds: Callable[[Any], bool]

    def __or__(self, other: "Kind") -> "Kind":
        return Kind(f"{self.name} or {other.name}", lambda value: self.holds(value) or other.holds(value))


def _text(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


ID = Kind("an id", _text(r"[0-9a-f]{8}"))
STAMP = Kind("a local time", _text(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"))
DATE = Kind("a date", _text(r"\d{4}-\d\d-\d\d"))
TEXT = Kind("a string", lambda value: isinstance(value, str))
NUMBER = Kind("a number", lambda value: isinstance(value, int | float) and not isinstance(value, bool))
WHOLE = Kind("a whole number", lambda value: isinstance(value, int) and not isinstance(value, bool))
FLAG = Kind("true or false", lambda value: isinstance(value, bool))
NULL = Kind("null", lambda value: value is None)
ANY_LIST = Kind("a list", lambda value: isinstance(value, list))


@dataclass(frozen=True)
class EachValue:
    """An object with keys of its own, ids of properties say: each value has the shape."""

    shape: Any


@dataclass(frozen=True)
class File:
    """No JSON but a file of this media type."""

    media_type: str


def misfits(shape: Any, value: Any, place: str = "answer") -> Iterator[str]:
    """Where the value is not of the shape, and how."""
    parts = _parts(shape, value)
    if parts is None:
        yield f"{place} is {value!r}, not {shape!r}"
        return
    for inner, found, name in parts:
        yield from misfits(inner, found, f"{place}.{name}")


def _parts(shape: Any, value: Any) -> list[tuple[Any, Any, Any]] | None:
    """What is to be looked at further: shape, value and name of each part; None where the value itself does not fit."""
    fits, parts = shape == value, []
    match shape:
        case Kind():
            fits = shape.holds(value)
        case EachValue() if isinstance(value, dict):
            fits, parts = bool(value), [(shape.shape, inner, name) for name, inner in value.items()]
        case dict() if isinstance(value, dict):
            fits, parts = value.keys() == shape.keys(), [(shape.get(name), value[name], name) for name in value]
        case [inner] if isinstance(value, list):
            fits, parts = bool(value), [(inner, item, number) for number, item in enumerate(value)]
    return parts if fits else None

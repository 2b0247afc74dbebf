"""What cannot be derived from an operation's declarations: its words, its examples, and the shapes that no serializer has.

An app writes a `Chapter` for each of its viewsets into `api/described.py`; the viewset names it as its `described`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Schema = Mapping[str, Any]
NOT_SAID: Any = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A query parameter that the viewset reads by itself."""

    name: str
    description: str
    schema: Schema
    required: bool = False
    example: Any = NOT_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A body of one media type, in a JSON Schema or as a serializer class has it; several examples by what they are."""

    schema: Schema | type
    example: Any = NOT_SAID
    examples: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer with its contents by media type, and the headers that it always has."""

    description: str
    content: Mapping[str, Content] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation in words.

    `body` is an example of what is sent, `example` of what comes back where that is not the chapter's. `bodies` and `answers`
    stand in place of what the serializers would give, by media type and by status. `adds` are fields that the answer has
    beyond its serializer's, `refuses` statuses that cannot be derived.
    """

    summary: str
    description: str = ""
    parameters: Sequence[Parameter] = ()
    body: Any = NOT_SAID
    example: Any = NOT_SAID
    bodies: Mapping[str, Content] = field(default_factory=dict)
    answers: Mapping[int, Answer] = field(default_factory=dict)
    adds: Mapping[str, Schema] = field(default_factory=dict)
    refuses: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A section of the reference: its name is the tag of its operations, its example one object as it comes back.

    `part` groups chapters; `fields` says what each field means, in the bodies of both directions.
    """

    name: str
    part: str
    description: str
    operations: Mapping[str, Operation]
    example: Any = NOT_SAID
    fields: Mapping[str, str] = field(default_factory=dict)

"""The API's operations as people read of them, all from the OpenAPI description: nothing is said here of any one of them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any, NamedTuple

from django.utils.text import slugify

from accounts.scopes import ADMIN_SCOPES
from intellimeter.common.api.schema.parameters import EXAMPLE_ID
from intellimeter.common.public_ids import PATTERN
from intellimeter.help.samples import Answer, Call
from intellimeter.help.shapes import Field, fields_of, type_of

JSON = "application/json"
EXTENSIONS = {
    "application/pdf": "pdf",
    "application/vnd.oasis.opendocument.text": "odt",
    "text/html": "html",
}
INSTEAD = {"billing_tenant_suite_list": ("suite",)}
"""Parameters of which one is needed, though neither by itself is required."""

Document = Mapping[str, Any]


class Body(NamedTuple):
    """A body of one media type, in either direction: its fields where it is an object, and examples by name."""

    media_type: str
    fields: list[Field]
    examples: list[tuple[str, str]]


class Reply(NamedTuple):
    """What may come back: status, its name, when, and the bodies."""

    status: int
    phrase: str
    description: str
    bodies: list[Body]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation at its canonical address. `scope` is None where no token is needed."""

    name: str
    method: str
    path: str
    chapter: str
    summary: str
    description: str
    scope: str | None
    admin: bool
    aliases: list[str]
    parameters: list[Field]
    sent: list[Body]
    replies: list[Reply]
    call: Call

    @property
    def anchor(self) -> str:
        """The fragment that links to it, which stays as long as the address does."""
        return self.name.replace("_", "-")


class Chapter(NamedTuple):
    """Operations on one kind of thing; `part` is the group of chapters it stands in."""

    name: str
    slug: str
    part: str
    description: str
    operations: list[Operation]


@lru_cache(maxsize=8)
def chapters(root: str) -> list[Chapter]:
    """All that is not deprecated, in the description's order, for those who reach this server at `root`."""
    from intellimeter.api_docs.views import document  # the URLs, which load this, are what the description is made of

    described = document()
    found: dict[str, list[Operation]] = {}
    for operation in _operations(described, root):
        found.setdefault(operation.chapter, []).append(operation)
    parts = {tag: group["name"] for group in described["x-tagGroups"] for tag in group["tags"]}
    return [
        Chapter(tag["name"], slugify(tag["name"]), parts[tag["name"]], tag["description"], found[tag["name"]])
        for tag in described["tags"]
        if tag["name"] in found
    ]


def _operations(document: Document, root: str) -> Iterator[Operation]:
    aliases: dict[tuple[str, str], list[str]] = {}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            if told.get("deprecated"):
                aliases.setdefault((method, told["summary"]), []).append(path)
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            if not told.get("deprecated"):
                call = _call(path, method, told, root)
                yield _operation(document, told, call, aliases.get((method, told["summary"]), []))


def _operation(document: Document, told: Document, call: Call, aliases: list[str]) -> Operation:
    scope = next((scope for asked in told.get("security", []) for scope in asked["oauth2"]), None)
    return Operation(
        name=told["operationId"],
        method=call.method,
        path=call.path,
        chapter=told["tags"][0],
        summary=told["summary"],
        description=told.get("description", ""),
        scope=scope,
        admin=scope in ADMIN_SCOPES,
        aliases=aliases,
        parameters=[_parameter(document, one) for one in told.get("parameters", [])],
        sent=[_body(document, kind, one) for kind, one in told.get("requestBody", {}).get("content", {}).items()],
        replies=[_reply(document, int(status), one) for status, one in told["responses"].items()],
        call=call,
    )


def _parameter(document: Document, told: Document) -> Field:
    return Field(
        told["name"],
        type_of(document, told["schema"]),
        bool(told.get("required")),
        told.get("description", ""),
        "" if "example" not in told else str(told["example"]),
    )


def _body(document: Document, media_type: str, told: Document) -> Body:
    named = [(name, one["value"]) for name, one in told.get("examples", {}).items()]
    if "example" in told:
        named.append(("", told["example"]))
    examples = [(name, _written(value)) for name, value in named]
    return Body(media_type, fields_of(document, told["schema"]), examples)


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)


def _reply(document: Document, status: int, told: Document) -> Reply:
    if "$ref" in told:
        told = document["components"]["responses"][told["$ref"].rpartition("/")[2]]
    bodies = [_body(document, kind, one) for kind, one in told.get("content", {}).items()]
    return Reply(status, HTTPStatus(status).phrase, told["description"], bodies)


# --- the call that samples make


def _sample_of(parameter: Document) -> str:
    """What is sent of a parameter: its example, some id, or its own name."""
    stand_in = EXAMPLE_ID if parameter["schema"].get("pattern") == PATTERN else parameter["name"]
    return str(parameter.get("example", stand_in))


def _call(path: str, method: str, told: Document, root: str) -> Call:
    parameters = told.get("parameters", [])
    needed = INSTEAD.get(told["operationId"], ())
    asked = [one for one in parameters if one.get("required") or one["name"] in needed]
    in_path = {one["name"]: _sample_of(one) for one in asked if one["in"] == "path"}
    stem = path.rpartition("/")[2]
    media_type, body, upload = _content(told, stem)
    answer, extension = _answer(told)
    return Call(
        name=told["operationId"],
        root=root,
        method=method.upper(),
        path=path,
        in_path=in_path,
        query={one["name"]: _sample_of(one) for one in asked if one["in"] == "query"},
        media_type=media_type,
        body=body,
        upload=upload,
        with_token="security" in told,
        answer=answer,
        kept=next(iter(in_path.values()), f"{stem}.{extension}"),
    )


def _content(told: Document, stem: str) -> tuple[str | None, Any, str | None]:
    """What a sample sends: media type, JSON body, or else the name of a file."""
    contents: Document = told.get("requestBody", {}).get("content", {})
    if JSON in contents:
        shown = contents[JSON]
        first = next((one["value"] for one in shown.get("examples", {}).values()), None)
        return JSON, shown.get("example", first), None
    for media_type in contents:
        return media_type, None, f"{stem}.{EXTENSIONS.get(media_type, 'txt')}"
    return None, None, None


def _answer(told: Document) -> tuple[Answer, str]:
    """What a sample does with a success, and the extension of the file that it may be kept in."""
    contents = next(one for status, one in told["responses"].items() if status.startswith("2")).get("content", {})
    if JSON in contents:
        return Answer.JSON, ""
    for media_type in contents:
        return Answer.FILE, EXTENSIONS.get(media_type, "txt")
    return Answer.NOTHING, ""

"""Turns what a viewset declares into its operation in the OpenAPI description."""

import re
from http import HTTPStatus
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import append_meta, build_array_type

from intellimeter.common.api.schema import errors
from intellimeter.common.api.schema.described import NOT_SAID, Answer, Chapter, Content, Operation, Schema
from intellimeter.common.api.schema.parameters import described_parameters
from intellimeter.common.api.schema.shapes import ID

JSON = "application/json"
SCHEME = "oauth2"
DEPRECATED = "Deprecated addresses"
WITH_BODY = frozenset({"POST", "PUT"})
UNSAID = Operation(summary="")
PREFIX = "/api/v1/"


class ApiSchema(AutoSchema):
    """The description of one operation of an `ApiViewSet`, or of a plain view that has a `described` too."""

    view: Any
    path: str
    method: str

    # --- what the view says of itself

    @property
    def action(self) -> str:
        """The viewset's action, or a plain view's method."""
        return getattr(self.view, "action", None) or self.method.lower()

    @property
    def scope(self) -> str | None:
        """The one scope that the operation asks for; None where it is open to all."""
        found: str | None = getattr(self.view, "scopes", {}).get(self.action)
        return found

    @property
    def chapter(self) -> Chapter | None:
        return getattr(self.view, "described", None)

    @property
    def said(self) -> Operation:
        return self.chapter.operations.get(self.action, UNSAID) if self.chapter else UNSAID

    @property
    def in_list(self) -> bool:
        """Whether the answer is a list of objects."""
        return self.action == "list" or self.action in getattr(self.view, "answers_in_list", ())

    @property
    def answers_nothing(self) -> bool:
        if self.action == "destroy" and not self.view.answers_deleted:
            return True
        return self.action in getattr(self.view, "answers_nothing", ())

    @property
    def changes(self) -> bool:
        """Whether a body names only what it changes."""
        return self.method == "PUT" and self.action not in getattr(self.view, "replaces", ())

    # --- the operation's head

    def get_operation_id(self) -> str:
        words = re.findall(r"[A-Z]?[a-z]+|\d+", self.path.removeprefix(PREFIX))
        name = "_".join(word.lower() for word in words)
        return name if name.endswith(f"_{self.action}") else f"{name}_{self.action}"

    def get_tags(self) -> list[str]:
        if self.is_deprecated():
            return [DEPRECATED]
        return [self.chapter.name] if self.chapter else super().get_tags()[:1]

    def get_summary(self) -> str:
        return self.said.summary or super().get_description().partition("\n")[0]

    def get_description(self) -> str:  # type: ignore[override] # as spectacular calls it
        if not self.is_deprecated():
            return self.said.description
        return f"Another address of `{self.view.addresses[0]}`, for programs that call it by this name."

    def is_deprecated(self) -> bool:
        """Whether this is an alias: the first address that a view is given is the canonical one."""
        return bool(self.path != self.view.addresses[0])

    def get_auth(self) -> list[dict[str, list[str]]]:
        return [] if self.scope is None else [{SCHEME: [self.scope]}]

    # --- what is sent

    def _get_parameters(self) -> list[dict[str, Any]]:
        in_path = self._resolve_path_parameters(re.findall(r"{(\w+)}", self.path))
        filters = self._get_pagination_parameters()
        if self.action == "list" and getattr(self.view, "filterset_class", None):
            filters = self._get_filter_parameters() + filters
        return described_parameters(self.view, self.said.parameters, in_path, filters)

    def _is_list_view(self, serializer: Any = None) -> bool:
        return self.action == "list"

    def _get_request_body(self, direction: str = "request") -> dict[str, Any] | None:
        if self.method not in WITH_BODY:
            return None
        if self.said.bodies:
            return {"content": {kind: self._content(body) for kind, body in self.said.bodies.items()}, "required": True}
        of_body = getattr(self.view, "body_serializer_class", lambda: None)()
        if of_body is None:
            return None
        schema = self.resolve_serializer(of_body(partial=self.changes), "request").ref
        example = self.said.body
        if isinstance(example, list):
            schema = build_array_type(schema)
        return {"content": {JSON: self._content(Content(schema=schema, example=example))}, "required": True}

    # --- what comes back

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        answers = {str(status): self._answer(answer) for status, answer in self._answers().items()}
        return answers | {
            str(status): errors.reference(status) for status in self._refusals() if str(status) not in answers
        }

    def _answers(self) -> dict[int, Answer]:
        said = dict(self.said.answers)
        if any(200 <= status < 300 for status in said):
            return said
        if self.answers_nothing:
            return {204: Answer(description="Done; there is nothing to return.")} | said
        status = HTTPStatus.CREATED if self.method == "POST" else HTTPStatus.OK
        return {int(status): Answer(description=status.phrase, content={JSON: self._json()})} | said

    def _json(self) -> Content:
        serializer = self.view.get_serializer_class()
        schema = self.resolve_serializer(serializer(context={"view": self.view}), "response").ref
        if self.said.adds:
            schema = {"allOf": [schema, {"type": "object", "properties": dict(self.said.adds)}]}
        if self.in_list:
            schema = build_array_type(schema)
        example = self.said.example
        if example is NOT_SAID and self.chapter and self.chapter.example is not NOT_SAID:
            example = [self.chapter.example] if self.in_list else self.chapter.example
        return Content(schema=schema, example=example)

    def _answer(self, answer: Answer) -> dict[str, Any]:
        found: dict[str, Any] = {"description": answer.description, "headers": self._headers(answer)}
        if answer.content:
            found["content"] = {kind: self._content(content) for kind, content in answer.content.items()}
        return found

    def _headers(self, answer: Answer) -> dict[str, Any]:
        found: dict[str, Any] = errors.REQUEST_ID | {
            name: {"description": description, "required": True, "schema": {"type": "string"}}
            for name, description in answer.headers.items()
        }
        if self.action == "list" and JSON in answer.content and self._get_paginator():
            found["X-Total-Count"] = {
                "description": "How many there are in all; always there for a page.",
                "schema": {"type": "integer", "minimum": 0},
            }
            found["Link"] = {
                "description": "Of a page: its neighbours (RFC 8288).",
                "schema": {"type": "string"},
            }
        return found

    def _content(self, content: Content) -> dict[str, Any]:
        schema: Any = content.schema
        if isinstance(schema, type):
            schema = self.resolve_serializer(schema, "response").ref
        found: dict[str, Any] = {"schema": schema}
        if content.example is not NOT_SAID:
            found["example"] = content.example
        if content.examples:
            found["examples"] = {name: {"value": value} for name, value in content.examples.items()}
        return found

    def _refusals(self) -> list[int]:
        """The statuses of decisions, section 3, that this operation can answer with."""
        sends = self._get_request_body() is not None
        parameters = self._get_parameters()
        named = any(shown["in"] == "path" or shown["schema"].get("pattern") == ID["pattern"] for shown in parameters)
        by_token = self.scope is not None
        found = {
            400: sends or bool(parameters),
            401: by_token,
            403: by_token,
            404: named,
            409: by_token and self.method != "GET" and not self.said.bodies,
            413: by_token and sends,
            415: by_token and sends,
            429: True,
        }
        return [status for status, can_be in found.items() if can_be or status in self.said.refuses]

    # --- components: one for what comes back, one for what is created, one for what is changed

    def _get_serializer_name(self, serializer: Any, direction: Any, bypass_extensions: bool = False) -> str:
        name: str = super()._get_serializer_name(serializer, direction, bypass_extensions)
        if direction == "response":
            return name
        stem = re.sub("(Write|Change|Update)?(Request)?$", "", name.removeprefix("Patched"))
        return stem + ("Changes" if name.startswith("Patched") else "Request")

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> dict[str, Any]:
        """As the field says by its `shape` (and `sent_shape`, where it reads more than it writes), else as derived."""
        shape = getattr(field, "shape", None)
        if direction == "request":
            shape = getattr(field, "sent_shape", shape)
        if shape is not None:
            return append_meta(dict(shape), self._get_serializer_field_meta(field, direction))
        schema: dict[str, Any] = super()._map_serializer_field(field, direction, bypass_extensions)
        source = getattr(field, "slug_field", None) or field.source or ""
        if source.endswith("public_id"):
            schema = {name: value for name, value in schema.items() if name != "title"} | {"pattern": ID["pattern"]}
        return schema

    def _postprocess_serializer_schema(self, schema: Any, serializer: Any, direction: Any) -> Schema:
        """Objects come back whole. Of a body, read-only fields count for nothing, and unknown ones are refused (section 2)."""
        properties: dict[str, Any] = schema.get("properties", {})
        meanings = self.chapter.fields if self.chapter else {}
        for name, shape in properties.items():
            if name in meanings and "$ref" not in shape:
                shape["description"] = meanings[name]
        if serializer.__class__.__dict__.get("__doc__") is None:
            schema.pop("description", None)  # a base class's words
        if direction == "request":
            return self._sent(schema)
        shown = {name: shape for name, shape in properties.items() if not shape.get("writeOnly")}
        for shape in shown.values():
            shape.pop("readOnly", None)
        return schema | {"properties": shown, "required": list(shown)}

    def _sent(self, schema: dict[str, Any]) -> Schema:
        required = [name for name in schema.pop("required", []) if not schema["properties"][name].get("readOnly")]
        taken: dict[str, str] = getattr(self.view, "body_ids", {})
        for name, shape in schema["properties"].items():
            if name in taken:
                schema["properties"][name] = ID | {"description": taken[name]}
            elif shape.get("readOnly"):
                schema["properties"][name] = {"readOnly": True, "description": "Ignored where it is sent."}
            elif self.changes:
                shape.pop("default", None)
        return schema | {"additionalProperties": False} | ({"required": required} if required else {})

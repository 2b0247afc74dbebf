"""The parameters of an operation: ids that the viewset looks up, what it says it reads by itself, filters, and paging."""

from collections.abc import Sequence
from typing import Any

from intellimeter.common.api.schema.described import NOT_SAID, Parameter
from intellimeter.common.api.schema.shapes import ID

EXAMPLE_ID = "8b70ac80"

Shown = dict[str, Any]


def described_parameters(
    view: Any, said: Sequence[Parameter], in_path: Sequence[Shown], filters: Sequence[Shown]
) -> list[Shown]:
    """All of them by name; what the app says of one stands over what is derived."""
    words = {parameter.name: parameter for parameter in said}
    found = {shown["name"]: shown for shown in (*_ids(view), *map(_shown, said))}
    for shown in filters:
        found.setdefault(shown["name"], shown)
    for shown in in_path:
        own = words.get(shown["name"])
        found[shown["name"]] = shown if own is None else _shown(own) | {"in": "path", "required": True}
    return sorted(found.values(), key=lambda shown: (shown["in"] != "path", not shown.get("required", False)))


def _ids(view: Any) -> list[Shown]:
    named: dict[str, bool] = view.named_ids() if hasattr(view, "named_ids") else {}
    return [_id(name, required=required, view=view) for name, required in named.items()]


def _id(name: str, *, required: bool, view: Any) -> Shown:
    narrows = not required and view.action == "list"
    one = "the one" if name == view.id_parameter else "those"
    of_what = "of what is meant" if name == "id" else f"of the {name}"
    description = f"Only {one} of this {name}." if narrows else f"The id {of_what}."
    example = EXAMPLE_ID if required else NOT_SAID  # Swagger UI sends examples, and a list must not be narrowed by one
    return _shown(Parameter(name=name, description=description, schema=ID, required=required, example=example))


def _shown(parameter: Parameter) -> Shown:
    shown: Shown = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "schema": dict(parameter.schema),
    }
    if parameter.required:
        shown["required"] = True
    if parameter.example is not NOT_SAID:
        shown["example"] = parameter.example
    return shown

"""From the bytes of a JSON or YAML file to plain dicts, lists, texts and numbers.

The file may come from a stranger to the platform: its size is bounded, YAML is loaded by the safe loader and without
aliases (a few lines of them can stand for gigabytes), and a key given twice is an error instead of a lost value.
"""

import json
from decimal import Decimal
from typing import Any

import yaml

from intellimeter.provisioning.problems import InvalidSite

MAX_BYTES = 16 * 1024 * 1024


class _SiteLoader(yaml.SafeLoader):
    """YAML's safe loader without aliases, doubled keys, and the binary fractions that would blur a rate."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise InvalidSite([f"line {mark.line + 1}: aliases (*name) are not taken; write the value out."])
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise InvalidSite([f"line {key.start_mark.line + 1}: a key must be a word."])
            if key.value in seen:
                raise InvalidSite([f"line {key.start_mark.line + 1}: the key {key.value!r} is given twice."])
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _exact_float(loader: _SiteLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(repr(loader.construct_yaml_float(node)))


_SiteLoader.add_constructor("tag:yaml.org,2002:float", _exact_float)


def parse_document(content: bytes) -> Any:
    """The document in the bytes: JSON if it begins like a JSON object, else YAML. InvalidSite if it is neither."""
    if len(content) > MAX_BYTES:
        raise InvalidSite([f"The file is larger than {MAX_BYTES // 1024 // 1024} MiB; provision its properties apart."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidSite([f"The file is not UTF-8 text (byte {error.start})."]) from error
    try:
        return _parse_json(text) if text.lstrip().startswith("{") else _parse_yaml(text)
    except RecursionError as error:
        raise InvalidSite(["The file is nested too deeply."]) from error


def _parse_json(text: str) -> Any:
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_without_doubled_keys
        )
    except json.JSONDecodeError as error:
        raise InvalidSite([f"line {error.lineno}, column {error.colno}: not JSON: {error.msg}."]) from error
    except ValueError as error:
        raise InvalidSite([f"not JSON: {error}"]) from error


def _parse_yaml(text: str) -> Any:
    try:
        return yaml.load(text, _SiteLoader)  # noqa: S506 - a loader of plain values only
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InvalidSite([f"line {line}: not YAML: {error.problem}."]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise InvalidSite([f"not YAML: {error}"]) from error


def _without_doubled_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InvalidSite([f"the key {key!r} is given twice in one object."])
        found[key] = value
    return found


def _refuse_constant(name: str) -> None:
    raise InvalidSite([f"{name} is not a number."])

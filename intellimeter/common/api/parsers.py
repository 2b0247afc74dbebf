"""Bodies as strict JSON: what RFC 8259 leaves to chance is refused with a sentence (decisions, section 2)."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, BinaryIO, NoReturn

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from intellimeter.common.api.errors import BodyTooLarge

MAX_DEPTH = 32
NUL = "\x00"


class StrictJSONParser(BaseParser):
    """A UTF-8 JSON body of up to `max_bytes`; numbers with a point become Decimal.

    Refused with 400: what is malformed, NaN and Infinity, a key given twice, nesting over 32 levels, NUL characters,
    lone surrogates; with 413: what is too long.
    """

    media_type = "application/json"
    max_bytes = 1024 * 1024

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        value = parse_json(_read(stream, self.max_bytes))
        if value is None:
            raise ParseError("The JSON body is null; send an object or a list.")
        return value


def parse_json(content: bytes) -> Any:
    """The strictly parsed value; ParseError with one sentence otherwise."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParseError(f"The JSON body must be UTF-8; byte {error.start} is not.") from error
    try:
        value = json.loads(
            text, parse_float=_decimal, parse_constant=_refuse_constant, object_pairs_hook=_refuse_duplicates
        )
    except json.JSONDecodeError as error:
        raise ParseError(f"The JSON body is malformed at line {error.lineno}, column {error.colno}.") from error
    except RecursionError as error:
        raise ParseError(f"The JSON body is nested over {MAX_DEPTH} levels.") from error
    except ValueError as error:
        raise ParseError("The JSON body holds a number that is out of range.") from error
    _refuse_unstorable(value)
    return value


def _read(stream: BinaryIO, limit: int) -> bytes:
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise BodyTooLarge(limit)
    return content


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError as error:
        raise ValueError(text) from error


def _refuse_constant(name: str) -> NoReturn:
    raise ParseError(f"The JSON body holds {name}, which is not JSON; use a number or null.")


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise ParseError(f"The JSON body has the key {twice!a} twice.")
    return found


def _refuse_unstorable(value: Any) -> None:
    """Refuse text that no database stores, and nesting that nothing here asks for; without recursion."""
    level = [value]
    for _ in range(MAX_DEPTH):
        deeper: list[Any] = []
        for item in level:
            if isinstance(item, str):
                _refuse_unstorable_text(item)
            elif isinstance(item, dict):
                deeper.extend(item)
                deeper.extend(item.values())
            elif isinstance(item, list):
                deeper.extend(item)
        if not deeper:
            return
        level = deeper
    raise ParseError(f"The JSON body is nested over {MAX_DEPTH} levels.")


def _refuse_unstorable_text(text: str) -> None:
    if NUL in text:
        raise ParseError("The JSON body holds a NUL character; leave it out.")
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise ParseError("The JSON body holds half a surrogate pair; send whole characters.")

"""JSON: the reference's object of meters by name, or our batch `{"replace": false, "reads": [...]}`."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from metering.ingest.parsers import PARSERS, Malformed, ParsedFile
from metering.ingest.rows import RawRow


@PARSERS.register("json")
def parse(stream: BinaryIO) -> ParsedFile:
    """The reads of either JSON form. Numbers stay text, so no digit is lost on the way to Decimal."""
    stream.seek(0)
    try:
        body = json.loads(
            stream.read().decode("utf-8-sig"),
            parse_int=str,
            parse_float=str,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as error:
        raise Malformed("The JSON is not in UTF-8.") from error
    except RecursionError as error:
        raise Malformed("The JSON is nested too deeply.") from error
    except json.JSONDecodeError as error:
        raise Malformed(f"The JSON is broken at line {error.lineno}: {error.msg}.") from error
    if not isinstance(body, dict):
        raise Malformed('The JSON must be an object: meters by name, or {"reads": […]}.')
    reads = body.get("reads")
    if isinstance(reads, list):
        return ParsedFile(_rows(reads), _replace(body))
    return ParsedFile(_rows(list(body.values())))


def _replace(body: dict[str, Any]) -> bool:
    unknown = sorted(set(body) - {"replace", "reads"})
    if unknown:
        raise Malformed(f"Unknown field {unknown[0]!r}: a batch has reads and replace.")
    replace = body.get("replace", False)
    if not isinstance(replace, bool):
        raise Malformed("replace must be true or false.")
    return replace


def _rows(reads: list[Any]) -> Iterator[RawRow]:
    for number, read in enumerate(reads, start=1):
        if isinstance(read, dict):
            yield RawRow(number, tuple(read), list(read.values()))
        else:
            yield RawRow(number, (), ())


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise Malformed("The JSON has one name twice in the same object; one of the values would be lost.")
    return read


def _refuse_constant(name: str) -> None:
    raise Malformed(f"The JSON has {name}, which is no number.")

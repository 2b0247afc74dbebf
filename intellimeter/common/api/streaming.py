"""Lists that may be long, sent as they are made (decisions, section 2)."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

from django.http import StreamingHttpResponse

from intellimeter.common.api.renderers import NumberEncoder

BATCH = 500


def json_list(rows: Iterable[Mapping[str, Any]]) -> StreamingHttpResponse:
    """A JSON list of the rows; nothing but a batch of them is held in memory.

    What can fail must have been judged before: once the first byte is out, the status is 200.
    """
    return StreamingHttpResponse(_pieces(iter(rows)), content_type="application/json")


def json_lists_by_name(names: Sequence[str], rows: Iterable[tuple[str, Mapping[str, Any]]]) -> StreamingHttpResponse:
    """A JSON object with a list for each name: the rows that come with it, which come in the order of the names."""
    return StreamingHttpResponse(_named_pieces(names, rows), content_type="application/json")


def _named_pieces(names: Sequence[str], rows: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[bytes]:
    lists = groupby(rows, key=lambda row: row[0])
    coming = next(lists, None)
    opening = "{"
    for name in names:
        yield f"{opening}{json.dumps(name)}:".encode()
        opening = ","
        if coming is not None and coming[0] == name:
            yield from _pieces(row for _name, row in coming[1])
            coming = next(lists, None)
        else:
            yield b"[]"
    yield b"{}" if opening == "{" else b"}"


def _pieces(rows: Iterator[Mapping[str, Any]]) -> Iterator[bytes]:
    encode = NumberEncoder(ensure_ascii=False, separators=(",", ":")).encode
    opening = "["
    while batch := list(islice(rows, BATCH)):
        yield (opening + ",".join(map(encode, batch))).encode()
        opening = ","
    yield b"[]" if opening == "[" else b"]"

"""Lists that may be long, sent as they are made (decisions, section 2)."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.http import StreamingHttpResponse

from intellimeter.common.api.renderers import NumberEncoder

BATCH = 500


def json_list(rows: Iterable[Mapping[str, Any]]) -> StreamingHttpResponse:
    """A JSON list of the rows; nothing but a batch of them is held in memory.

    What can fail must have been judged before: once the first byte is out, the status is 200.
    """
    return StreamingHttpResponse(_pieces(iter(rows)), content_type="application/json")


def _pieces(rows: Iterator[Mapping[str, Any]]) -> Iterator[bytes]:
    encode = NumberEncoder(ensure_ascii=False, separators=(",", ":")).encode
    opening = "["
    while batch := list(islice(rows, BATCH)):
        yield (opening + ",".join(map(encode, batch))).encode()
        opening = ","
    yield b"[]" if opening == "[" else b"]"

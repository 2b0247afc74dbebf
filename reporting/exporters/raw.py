"""RAW: the rows as a JSON list of objects, streamed."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase

from intellimeter.common.api.renderers import NumberEncoder
from intellimeter.common.api.streaming import json_list
from intellimeter.common.documents.table import Table
from reporting.exporters import EXPORTERS, Wishes

INDENT = 4


@EXPORTERS.register("RAW")
def raw(table: Table, wishes: Wishes) -> HttpResponseBase:
    """Times as `YYYY-MM-DDTHH:MM:SS`, numbers as numbers, what there is none of as null."""
    rows = objects(table)
    if not wishes.pretty:
        return json_list(rows)
    return StreamingHttpResponse(_pretty(rows), content_type="application/json")


def objects(table: Table) -> Iterator[dict[str, Any]]:
    """Each row as column names to cells."""
    names = [column.name for column in table.columns]
    return (dict(zip(names, row, strict=True)) for row in table)


def _pretty(rows: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    opening = "[\n"
    for row in rows:
        text = json.dumps(row, cls=NumberEncoder, ensure_ascii=False, indent=INDENT)
        yield opening + "\n".join(" " * INDENT + line for line in text.splitlines())
        opening = ",\n"
    yield "[]" if opening == "[\n" else "\n]"

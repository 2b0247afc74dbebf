"""The one way in for reads: parse, validate, store once, intervals, rollups, latest read (design, section 1).

Any order and any repetition of the same reads ends in the same state (decisions, section 6).
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.db import connection
from django.utils import timezone

from intellimeter.common.local_time import zone_of
from metering.ingest.files import opened
from metering.ingest.parsers import PARSERS
from metering.ingest.rebuild import rebuild
from metering.ingest.result import IngestResult
from metering.ingest.rows import RawRow, Row, RowReader
from metering.ingest.store import Batch
from metering.models import Property
from metering.partitions import ensure_partitions

__all__ = ["PARSERS", "IngestResult", "RawRow", "ingest", "ingest_file", "rebuild"]

Progress = Callable[[int], object]
CHUNK = {"postgresql": 50_000, "sqlite": 20_000}


def ingest(
    *,
    property: Property,
    rows: Iterable[RawRow],
    replace: bool = False,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> IngestResult:
    """Store rows of the property's meters and say what became of them; a row that cannot be stored is noted, not raised.

    Rows are stored in transactions of some ten thousand, so a long file can be broken off and simply sent again. With
    `replace`, a value that contradicts the stored one takes its place. `now` bounds how far in the future reads may lie.
    `progress` is told how many rows were stored since it was last told.
    """
    result = IngestResult()
    zone = zone_of(property.timezone)
    reader = RowReader(property, zone, now or timezone.now())
    result.rejected = reader.rejected
    found = reader.read(rows)
    while chunk := list(islice(found, CHUNK[connection.vendor])):
        _store(property, chunk, replace, result, reader)
        if progress:
            progress(len(chunk))
    return result


def _store(property: Property, chunk: list[Row], replace: bool, result: IngestResult, reader: RowReader) -> None:
    ensure_partitions({row.time for row in chunk})
    Batch(replace, result, reader.meters).store(chunk)


def ingest_file(
    *,
    property: Property,
    stream: BinaryIO,
    format: str,
    replace: bool = False,
    now: datetime | None = None,
    max_bytes: int | None = None,
    progress: Progress | None = None,
) -> IngestResult:
    """Store a file's reads: `format` is json, csv or xml; gzip is undone. DomainError where the file is malformed (400) or
    unpacks to more than `max_bytes` (413); then nothing of it is stored."""
    with opened(stream, max_bytes) as plain:
        parsed = PARSERS[format](plain)
        return ingest(
            property=property, rows=parsed.rows, replace=replace or parsed.replace, now=now, progress=progress
        )

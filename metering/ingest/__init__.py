"""The one way in for reads: parse, validate, store once, intervals, rollups, latest read (design, section 1).

Any order and any repetition of the same reads ends in the same state (decisions, section 6).
"""

from collections.abc import Callable
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.db import connection, transaction
from django.utils import timezone

from intellimeter.common.local_time import zone_of
from metering.ingest.files import opened
from metering.ingest.parsers import PARSERS
from metering.ingest.rebuild import rebuild
from metering.ingest.result import IngestResult, RowNote
from metering.ingest.rows import RawRow, RawRows, Row, RowReader
from metering.ingest.store import Batch
from metering.models import Property
from metering.partitions import ensure_partitions
from metering.signals import StoredReads, reads_stored

__all__ = ["PARSERS", "IngestResult", "RawRow", "first_rows", "ingest", "ingest_file", "rebuild"]

Progress = Callable[[int], object]
CHUNK = {"postgresql": 50_000, "sqlite": 20_000}


def ingest(
    *,
    property: Property,
    rows: RawRows,
    replace: bool = False,
    now: datetime | None = None,
    progress: Progress | None = None,
    announce: bool = False,
) -> IngestResult:
    """Store rows of the property's meters and say what became of them; a row that cannot be stored is noted, not raised.

    Rows are stored in transactions of some ten thousand, so a long file can be broken off and simply sent again. With
    `replace`, a value that contradicts the stored one takes its place. `now` bounds how far in the future reads may lie.
    `progress` is told how many rows were stored since it was last told. With `announce`, each transaction sends
    `metering.signals.reads_stored`.
    """
    result = IngestResult()
    zone = zone_of(property.timezone)
    reader = RowReader(property, zone, now or timezone.now())
    result.rejected = reader.rejected
    found = reader.read(rows)
    while chunk := list(islice(found, CHUNK[connection.vendor])):
        ensure_partitions({row.time for row in chunk})
        with transaction.atomic():
            Batch(replace, result, reader.meters).store(chunk)
            if announce:
                reads_stored.send(Property, reads=StoredReads(property, len(reader.meters), chunk))
        if progress:
            progress(len(chunk))
    return result


def ingest_file(
    *,
    property: Property,
    stream: BinaryIO,
    format: str,
    replace: bool = False,
    now: datetime | None = None,
    max_bytes: int | None = None,
    progress: Progress | None = None,
    announce: bool = False,
) -> IngestResult:
    """Store a file's reads: `format` is json, csv or xml; gzip is undone. DomainError where the file is malformed (400) or
    unpacks to more than `max_bytes` (413); then nothing of it is stored."""
    with opened(stream, max_bytes) as plain:
        parsed = PARSERS[format](plain)
        return ingest(
            property=property,
            rows=parsed.rows,
            replace=replace or parsed.replace,
            now=now,
            progress=progress,
            announce=announce,
        )


def first_rows(
    *, property: Property, stream: BinaryIO, format: str, most: int, now: datetime | None = None
) -> tuple[list[Row], list[RowNote]]:
    """How the first rows of a file would be understood, and which of them would be refused; nothing is stored."""
    with opened(stream) as plain:
        reader = RowReader(property, zone_of(property.timezone), now or timezone.now())
        rows = list(reader.read(islice(PARSERS[format](plain).rows, most)))
    return rows, reader.rejected

"""Files of reads that people give in the portal: kept, looked at, stored by a worker (decisions, section 6).

The row is the truth and the task a doorbell: an import that nobody works on any more is taken up again, from its beginning,
which does no harm since ingest stores every read once.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.audit import update_rows
from accounts.models import User
from intellimeter.common.errors import Conflict, DomainError
from metering.enums import ImportState
from metering.ingest import IngestResult, first_rows, ingest_file
from metering.ingest.result import RowNote
from metering.ingest.rows import Row
from metering.models import Property, ReadImport

LARGEST = 256 * 1024 * 1024
UNPACKED = 2 * 1024 * 1024 * 1024
LOST_AFTER = timedelta(minutes=10)
FORMATS = ("csv", "json", "xml")


@transaction.atomic
def give_file(*, property: Property, user: User, file: File, replace: bool = False) -> ReadImport:
    """Keep a file and see that it is one of reads; nothing of it is stored yet. DomainError (400) where it is malformed."""
    name = str(file.name)
    format = _format_of(name)
    if (file.size or 0) > LARGEST:
        raise DomainError(f"The file is larger than {LARGEST >> 20} MiB; send it in parts.", code=413)
    given = ReadImport(property=property, user=user, name=name[-200:], format=format, replace=replace)
    given.file.save(f"{secrets.token_hex(8)}.{format}", file, save=False)
    try:
        look_at(given, most=1)
    except DomainError:
        given.file.delete(save=False)
        raise
    given.save()
    return given


def look_at(given: ReadImport, *, most: int) -> tuple[list[Row], list[RowNote]]:
    """How its first rows would be understood, and which of them would be refused."""
    with _opened(given) as stream:
        return first_rows(property=given.property, stream=stream, format=given.format, most=most)


@transaction.atomic
def start(*, given: ReadImport) -> None:
    """Have a worker store it. Conflict where that was asked before."""
    from metering.tasks import store_import

    if not update_rows(ReadImport.objects.filter(pk=given.pk, state=ImportState.GIVEN), state=ImportState.WAITING):
        raise Conflict("This file is being stored, or was stored already.")
    transaction.on_commit(lambda: store_import.delay(given.pk))


@transaction.atomic
def discard(*, given: ReadImport) -> None:
    """Forget a file that was not started. Conflict for any other: what was stored stays explained."""
    held = ReadImport.objects.select_for_update().get(pk=given.pk)
    if held.state != ImportState.GIVEN:
        raise Conflict("This file was stored; its record stays.")
    file = held.file
    held.delete()
    transaction.on_commit(lambda: file.delete(save=False))


def unfinished(now: datetime) -> list[int]:
    """The imports that wait for a worker or lost theirs."""
    lost = Q(state=ImportState.RUNNING, alive__lt=now - LOST_AFTER)
    waiting = Q(state=ImportState.WAITING)
    return list(ReadImport.objects.filter(lost | waiting).order_by("pk").values_list("pk", flat=True))


def store(import_id: int) -> None:
    """Store the file's reads, unless another worker does; say how far it has come, and at the end what became of it."""
    now = timezone.now()
    free = Q(state=ImportState.WAITING) | Q(state=ImportState.RUNNING, alive__lt=now - LOST_AFTER)
    mine = ReadImport.objects.filter(free, pk=import_id)
    if not update_rows(mine, state=ImportState.RUNNING, alive=now, done=0):
        return
    given = ReadImport.objects.select_related("property").get(pk=import_id)
    try:
        with _opened(given) as stream:
            result = _ingest(given, stream)
    except DomainError as error:
        _finish(given, state=ImportState.FAILED, reason=error.message[:500])
        return
    notes = [note._asdict() for note in (*result.rejected, *result.conflicting)[: ReadImport.NOTES_KEPT]]
    _finish(
        given,
        state=ImportState.DONE,
        accepted=result.accepted,
        duplicates=result.duplicates,
        conflicts=result.conflicts,
        rejected=len(result.rejected),
        row_notes=notes,
    )
    given.file.delete()


def _opened(given: ReadImport) -> BinaryIO:
    return cast("BinaryIO", given.file.open("rb"))


def _ingest(given: ReadImport, stream: BinaryIO) -> IngestResult:
    def tell(rows: int) -> None:
        given.done += rows
        ReadImport.objects.filter(pk=given.pk).update(done=given.done, alive=timezone.now())

    return ingest_file(
        property=given.property,
        stream=stream,
        format=given.format,
        replace=given.replace,
        max_bytes=UNPACKED,
        progress=tell,
    )


def _finish(given: ReadImport, **values: Any) -> None:
    """The outcome, as a change that the audit log has."""
    given.refresh_from_db(fields=["state", "done"])
    for name, value in {**values, "finished": timezone.now()}.items():
        setattr(given, name, value)
    given.save()


def _format_of(name: str) -> str:
    found = name.lower().removesuffix(".gz").rpartition(".")[2]
    if found not in FORMATS:
        raise DomainError("The file's name must end in .csv, .json or .xml, with or without .gz after it.")
    return found

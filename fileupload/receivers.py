"""What file upload does when metering stores reads."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from fileupload import cycles
from metering.signals import StoredReads, reads_stored


@receiver(reads_stored, dispatch_uid="fileupload.note_reads")
def note_cycles(reads: StoredReads, **_: Any) -> None:
    """Reads that come by `POST /read` make cycles."""
    cycles.note_reads(reads, timezone.now())

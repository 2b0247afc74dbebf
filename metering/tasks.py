"""What metering does by the clock."""

from celery import shared_task
from django.utils import timezone

from metering import imports
from metering.partitions import ensure_coming_months


@shared_task
def make_partitions() -> None:
    """Have the tables ready that the reads of the coming months go into."""
    ensure_coming_months(timezone.now())


@shared_task
def store_import(import_id: int) -> None:
    """Store a file of reads that somebody gave in the portal."""
    imports.store(import_id)


@shared_task
def sweep_imports() -> None:
    """Ring for the files that wait, or whose worker was lost."""
    for import_id in imports.unfinished(timezone.now()):
        store_import.delay(import_id)

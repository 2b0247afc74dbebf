"""What metering does by the clock."""

from celery import shared_task
from django.utils import timezone

from metering.partitions import ensure_coming_months


@shared_task
def make_partitions() -> None:
    """Have the tables ready that the reads of the coming months go into."""
    ensure_coming_months(timezone.now())

"""Doorbells for site files."""

from celery import shared_task

from intellimeter.site_files import services


@shared_task
def check_site_file(pk: int) -> None:
    """Say what a file would make."""
    services.check(pk)


@shared_task
def lay_site_file(pk: int) -> None:
    """Make what a confirmed file says."""
    services.lay(pk)

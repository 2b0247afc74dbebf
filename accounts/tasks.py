"""What beat has accounts do."""

from celery import shared_task

from accounts import services


@shared_task
def delete_expired() -> None:
    """Every night: tokens that nothing can come of any more, and sessions that ended."""
    services.delete_expired()

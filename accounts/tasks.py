"""What beat has accounts do."""

from celery import shared_task

from accounts import services
from accounts.models import User


@shared_task
def delete_expired() -> None:
    """Every night: tokens that nothing can come of any more, and sessions that ended."""
    services.delete_expired()


@shared_task(autoretry_for=(OSError,), retry_backoff=30, max_retries=5)
def send_password_reset(user_id: int) -> None:
    """Mail the person a link that lets them choose a new password."""
    services.send_password_reset(user=User.objects.get(pk=user_id))

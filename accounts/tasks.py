"""What accounts do by the clock."""

from celery import shared_task
from django.core.management import call_command
from oauth2_provider.models import clear_expired


@shared_task
def delete_expired() -> None:
    """Delete OAuth tokens, codes and portal sessions that are past their use."""
    clear_expired()
    call_command("clearsessions")

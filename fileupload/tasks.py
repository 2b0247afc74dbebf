"""What file upload does in the background, in a queue of its own (`uploads`, by the settings' routes), so that another server's
slowness holds up no invoice."""

from celery import shared_task
from django.utils import timezone

from fileupload import cycles, deliveries, samples

SWEEP_EVERY = 10  # seconds, as the beat has it


@shared_task
def deliver_to(destination_id: int) -> None:
    """Send what waits for a destination, and ring again if its turn ended before it was all sent."""
    if deliveries.deliver(destination_id):
        deliver_to.delay(destination_id)


@shared_task
def send_sample(sample_id: int) -> None:
    """Try a destination, as somebody asked."""
    samples.send(sample_id)


@shared_task
def sweep() -> None:
    """Close the cycles whose time is up, and ring for what waits: after a pause, a lost ring, or a worker that died.

    The rings expire with the next sweep, which finds again what the workers did not come to: no backlog piles up.
    """
    now = timezone.now()
    cycles.close_overdue(now)
    for destination_id in deliveries.due_destinations(now):
        deliver_to.apply_async((destination_id,), expires=SWEEP_EVERY)
    for sample_id in samples.waiting(now):
        send_sample.apply_async((sample_id,), expires=SWEEP_EVERY)


@shared_task
def forget_old() -> None:
    """Delete cycles, deliveries and samples of long ago."""
    now = timezone.now()
    cycles.forget(now)
    samples.forget(now)

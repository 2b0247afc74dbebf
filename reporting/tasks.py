"""What reporting does in the background. Ids in, one service call, harmless to repeat (style, point 7)."""

from celery import shared_task
from django.utils import timezone

from reporting.runs import keeping, mailing, making
from reporting.schedules.dispatch import queue_due

SWEEP_EVERY = 120  # seconds, as the beat has it
SWEPT_AT_ONCE = 1000  # more than the workers make between two sweeps


@shared_task
def run_due() -> None:
    """Queue what has come due, and ring for all that is to be made or mailed: new, paused, or left by a dead worker.

    The rings expire with the next sweep, which finds again what the workers did not come to: no backlog piles up.
    """
    now = timezone.now()
    queue_due(now)
    for run_id in making.due_run_ids(timezone.now(), limit=SWEPT_AT_ONCE):
        make_report.apply_async((run_id,), expires=SWEEP_EVERY)
    for run_id in mailing.due_mail_ids(now, limit=SWEPT_AT_ONCE):
        send_report.apply_async((run_id,), expires=SWEEP_EVERY)


@shared_task
def make_report(run_id: int) -> None:
    """Make one report, if it is due, and mail it where it is to be mailed."""
    if making.make(run_id):
        mailing.send(run_id)


@shared_task
def send_report(run_id: int) -> None:
    """Send one report's message, if it is due."""
    mailing.send(run_id)


@shared_task
def forget_old_runs() -> None:
    """Delete what was finished long ago."""
    keeping.forget_old(timezone.now())

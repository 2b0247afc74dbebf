"""Makes the PDF of a run. Two workers never make the same one at a time, and one that dies leaves it to the next sweep."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.audit import update_rows
from intellimeter.common.documents.stored import store_once
from intellimeter.common.errors import DomainError
from reporting.document import report_pdf
from reporting.enums import MailStatus, RunStatus
from reporting.models import Run, Schedule
from reporting.runs import results
from reporting.runs.files import path_of

logger = logging.getLogger(__name__)

# Longer than the largest report takes; a worker that is still alive then is ended by the task's time limit soon after
LEASE = timedelta(minutes=30)
PAUSE = timedelta(minutes=2)
MOST_ATTEMPTS = 3
OPEN = (RunStatus.QUEUED, RunStatus.RUNNING)


def due_run_ids(now: datetime, *, limit: int | None = None) -> list[int]:
    """The runs to be made, the longest due first: new ones, and those whose worker failed or died."""
    due = Run.objects.filter(status__in=OPEN, next_attempt__lte=now)
    return list(due.order_by("next_attempt", "pk").values_list("pk", flat=True)[:limit])


def make(run_id: int, *, now: datetime | None = None) -> bool:
    """Make one run's PDF if it is due and nobody else has it; whether it is done.

    A failure is not raised: its reason is kept. What somebody waits for fails at once; what is mailed is tried again.
    `now` is the time that the run is noted with, the present by default.
    """
    run = _take(run_id)
    if run is None:
        return False
    try:
        path = path_of(run)
        if not path.exists():
            store_once(path, report_pdf(run))
    except Exception as error:  # whatever it was, who waits for the report is told
        if not isinstance(error, DomainError):
            logger.exception("The report %s could not be made (attempt %d)", run.public_id, run.attempts)
        _note_failure(run, error, now or timezone.now())
        return False
    return _note_success(run, now or timezone.now())


def _take(run_id: int) -> Run | None:
    """The row, held until its lease runs out; None if it is finished, not due, or another worker's."""
    now = timezone.now()
    due = Run.objects.filter(pk=run_id, status__in=OPEN, next_attempt__lte=now)
    taken = due.update(status=RunStatus.RUNNING, next_attempt=now + LEASE, attempts=F("attempts") + 1)
    if not taken:
        return None
    run = Run.objects.select_related("schedule__user__company").get(pk=run_id)
    if run.attempts <= MOST_ATTEMPTS:
        return run
    _fail(run, "The report could not be made: whoever made it was broken off each time.", now)
    return None


def _note_failure(run: Run, error: Exception, now: datetime) -> None:
    told = isinstance(error, DomainError)
    if run.due is not None and not told and run.attempts < MOST_ATTEMPTS:
        _close(run, status=RunStatus.QUEUED, next_attempt=timezone.now() + PAUSE * run.attempts)
        return
    _fail(run, str(error) if told else results.unforeseen(error), now)


@transaction.atomic
def _fail(run: Run, reason: str, now: datetime) -> None:
    if _close(run, status=RunStatus.FAILED, finished=now, reason=reason):
        _tell(run, results.failed(run, reason), now)


@transaction.atomic
def _note_success(run: Run, now: datetime) -> bool:
    """The PDF is there. What came due goes on to the mail; what somebody asked for waits to be fetched."""
    mailed = run.due is not None
    done = _close(
        run,
        status=RunStatus.DONE,
        finished=now,
        mail_status=MailStatus.WAITING if mailed else MailStatus.NONE,
        mail_next_attempt=timezone.now() if mailed else None,
    )
    if done:
        _tell(run, results.made(run), now)
    return done


def _close(run: Run, **values: Any) -> bool:
    """Write how it ended, unless somebody took it after us because our lease ran out; whether it was ours to write."""
    mine = Run.objects.filter(pk=run.pk, attempts=run.attempts, status=RunStatus.RUNNING)
    return bool(mine.update(**values))


def _tell(run: Run, result: str, now: datetime) -> None:
    """The schedule's own word on its last run; that is no change of the schedule, so `updated` stays."""
    update_rows(Schedule.objects.filter(pk=run.schedule_id), last_run=now, result=result)

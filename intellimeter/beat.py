"""All that runs by the clock, in one table. Schedules that users make are rows, which one of these tasks reads.

Each entry is a sweep over what the database says is due, so a missed or doubled run does no harm. `expires` (seconds) lets
a worker that was down skip the sweeps that queued up meanwhile: the next one finds all the same.
"""

from datetime import timedelta
from typing import TypedDict

from celery.schedules import crontab, schedule


class Entry(TypedDict):
    """One line of the table, in Celery's words."""

    task: str
    schedule: crontab | schedule
    options: dict[str, int]


def _every(task: str, when: timedelta | crontab, *, expires: timedelta) -> Entry:
    run = when if isinstance(when, crontab) else schedule(run_every=when)
    return {"task": task, "schedule": run, "options": {"expires": int(expires.total_seconds())}}


_TEN_SECONDS = timedelta(seconds=10)
_TEN_MINUTES = timedelta(minutes=10)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)

SCHEDULE: dict[str, Entry] = {
    "issue the invoices that are due": _every("billing.tasks.issue_due", _TEN_MINUTES, expires=_TEN_MINUTES),
    "send the mail that is due": _every("billing.tasks.sweep_mail", _MINUTE, expires=_MINUTE),
    "take up zips of invoices that wait, forget old ones": _every(
        "billing.tasks.sweep_bundles", _TEN_MINUTES, expires=_TEN_MINUTES
    ),
    "take up files of reads that wait": _every("metering.tasks.sweep_imports", _MINUTE, expires=_MINUTE),
    "close read cycles and send the files that are due": _every(
        "fileupload.tasks.sweep", _TEN_SECONDS, expires=_TEN_SECONDS
    ),
    "forget deliveries of long ago": _every("fileupload.tasks.forget_old", crontab(minute=40, hour=3), expires=_HOUR),
    "make and mail the reports that are due": _every("reporting.tasks.run_due", 2 * _MINUTE, expires=2 * _MINUTE),
    "forget reports of long ago": _every("reporting.tasks.forget_old_runs", crontab(minute=40, hour=3), expires=_HOUR),
    "make the partitions of the months to come": _every(
        "metering.tasks.make_partitions", crontab(minute=10, hour=0), expires=_HOUR
    ),
    "delete expired tokens and sessions": _every(
        "accounts.tasks.delete_expired", crontab(minute=20, hour=3), expires=_HOUR
    ),
}

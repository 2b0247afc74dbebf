"""How long finished runs and their PDFs are kept."""

from datetime import datetime, timedelta

from reporting.enums import RunStatus
from reporting.models import Run
from reporting.runs.files import forget_files

KEPT = timedelta(days=90)
AT_ONCE = 1000


def forget_old(now: datetime) -> int:
    """Delete runs that were finished long ago, with their files; how many. A due date that was seen to stays seen to."""
    old = Run.objects.filter(status__in=[RunStatus.DONE, RunStatus.FAILED], finished__lt=now - KEPT)
    runs = list(old.select_related("schedule__user__company").order_by("pk")[:AT_ONCE])
    for run in runs:
        forget_files(run.schedule.user.company, [run.public_id])
    Run.objects.filter(pk__in=[run.pk for run in runs]).delete()
    return len(runs)

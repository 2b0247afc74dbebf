"""`manage.py run_reports`: what beat runs every few minutes, at once and for any time (decisions, section 10)."""

import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from reporting.enums import RunStatus
from reporting.models import Run
from reporting.runs.mailing import due_mail_ids, send
from reporting.runs.making import due_run_ids, make
from reporting.schedules.dispatch import queue_due


class Command(BaseCommand):
    help = "Make and mail the scheduled reports that are due, and print a summary as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now", metavar="T", help="as if it were then: ISO 8601; without an offset it is each company's local time"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asked = options["now"]
        now = timezone.now() if asked is None else _moment(str(asked))
        due = queue_due(now)
        waiting = due_run_ids(timezone.now())
        with tqdm(waiting, desc="Making", unit=" reports", disable=None, file=sys.stderr) as progress:
            made = [run_id for run_id in progress if make(run_id, now=due.get(run_id))]
        mailed = [run_id for run_id in due_mail_ids(timezone.now()) if send(run_id)]
        failed = Run.objects.filter(pk__in=waiting, status=RunStatus.FAILED).order_by("pk")
        summary = {
            "due": len(due),
            "made": len(made),
            "mailed": len(mailed),
            "failed": [run.schedule.public_id for run in failed.select_related("schedule")],
        }
        self.stdout.write(json.dumps(summary))
        if summary["failed"]:
            raise CommandError(f"{len(failed)} reports could not be made; each schedule's result says why.")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text!r} is not a time such as 2021-04-01T06:00:00-04:00.") from error

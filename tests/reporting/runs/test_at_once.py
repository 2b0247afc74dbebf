"""One report per due date when several processes come to it at the same moment (decisions, section 8)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reporting.models import Run, Schedule
from reporting.runs import mailing, making
from reporting.runs.files import path_of
from reporting.schedules.dispatch import queue_due
from reporting.schedules.services import create_schedule
from tests.billing.processes import database, run_at_once, shared_database, use_database  # noqa: F401 - a fixture
from tests.factories.accounts import AdminFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_four_at_once_make_and_mail_a_due_report_once(database, server):  # noqa: F811 - the fixture
    now = timezone.now()
    day = now.date() - timedelta(days=3)
    user = AdminFactory(email="ada@example.com")
    timing = {"repeat": "week", "start": day, "sections": ["ConsumptionTable"]}
    create_schedule(user=user, now=now - timedelta(days=5), name="Weekly", **timing)
    settings = shared_database(database)

    def sweep():
        """What `run_due` and the tasks that it rings for do."""
        queue_due(now)
        for run_id in making.due_run_ids(timezone.now()):
            making.make(run_id)
        for run_id in mailing.due_mail_ids(timezone.now()):
            mailing.send(run_id)

    codes = run_at_once(4, sweep, settings)

    use_database(settings)
    assert codes == [0] * 4
    run = Run.objects.get()
    assert (run.due, run.status, run.attempts, run.mail_status, run.mail_attempts) == (day, "done", 1, "sent", 1)
    assert Schedule.objects.get().last_due == day
    assert path_of(run).read_bytes().startswith(b"%PDF-")
    assert [recipients for _, recipients, _ in server.taken] == [["ada@example.com"]]

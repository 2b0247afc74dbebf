"""One report per due date when several processes come to it at the same moment (decisions, section 8)."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from reporting.models import Run, Schedule
from reporting.runs import mailing, making
from reporting.schedules.dispatch import queue_due
from reporting.schedules.services import create_schedule
from tests.billing.processes import run_at_once, shared_database, use_database
from tests.factories.accounts import AdminFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_at_once_queue_a_due_report_once(database):
    now = timezone.now()
    day = now.date() - timedelta(days=3)
    timing = {"repeat": "week", "start": day, "sections": ["ConsumptionTable"]}
    create_schedule(user=AdminFactory(), now=now - timedelta(days=5), name="Weekly", **timing)
    settings = shared_database(database)

    codes = run_at_once(8, partial(queue_due, now), settings)

    use_database(settings)
    assert codes == [0] * 8
    assert Run.objects.get().due == Schedule.objects.get().last_due == day


def test_four_at_once_make_a_report_once(database, run):
    settings = shared_database(database)

    codes = run_at_once(4, partial(making.make, run.pk), settings)

    use_database(settings)
    assert codes == [0] * 4
    assert Run.objects.values_list("status", "attempts").get() == ("done", 1)


def test_four_at_once_mail_a_report_once(database, run, server):
    assert making.make(run.pk)
    settings = shared_database(database)

    codes = run_at_once(4, partial(mailing.send, run.pk), settings)

    use_database(settings)
    assert codes == [0] * 4
    assert Run.objects.values_list("mail_status", "mail_attempts").get() == ("sent", 1)
    assert [recipients for _, recipients, _ in server.taken] == [["ada@example.com"]]

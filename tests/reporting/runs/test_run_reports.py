"""`manage.py run_reports`, and the tasks that beat rings for."""

import json
from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command

from reporting import tasks
from reporting.models import Run, Schedule
from reporting.runs import making
from reporting.schedules.services import create_schedule
from tests.factories.accounts import AdminFactory

pytestmark = pytest.mark.django_db

TORONTO = ZoneInfo("America/Toronto")
MADE = datetime(2021, 1, 5, 13, tzinfo=TORONTO)


@pytest.fixture(autouse=True)
def schedule():
    return create_schedule(
        user=AdminFactory(),
        now=MADE,
        name="Monthly",
        sections=["TopSuites"],
        repeat="month",
        start=date(2021, 1, 31),
    )


def run_reports(*arguments):
    output = StringIO()
    call_command("run_reports", *arguments, stdout=output)
    return json.loads(output.getvalue())


def test_the_command_makes_and_mails_what_is_due(server, schedule):
    assert run_reports("--now", "2021-01-31T06:00:00") == {"due": 1, "made": 1, "mailed": 1, "failed": []}
    assert run_reports("--now", "2021-01-31T06:00:00") == {"due": 0, "made": 0, "mailed": 0, "failed": []}

    schedule.refresh_from_db()
    assert schedule.last_run == datetime(2021, 1, 31, 6, tzinfo=TORONTO)
    assert [recipients for _, recipients, _ in server.taken] == [[schedule.user.email]]


def test_a_moment_with_an_offset_is_that_instant():
    assert run_reports("--now", "2021-01-31T10:59:59Z")["due"] == 0
    assert run_reports("--now", "2021-01-31T11:00:00Z")["due"] == 1


def test_without_a_moment_it_is_the_present(server):
    with time_machine.travel(datetime(2021, 1, 31, 6, tzinfo=TORONTO), tick=False):
        assert run_reports()["mailed"] == 1


def test_the_command_says_what_failed(monkeypatch, schedule):
    def fail(run):
        raise making.DomainError("There is no paper.")

    monkeypatch.setattr(making, "report_pdf", fail)

    with pytest.raises(CommandError, match="1 reports could not be made"):
        run_reports("--now", "2021-01-31T06:00:00")

    schedule.refresh_from_db()
    assert schedule.result == "The report for December 31, 2020 to January 30, 2021 failed. There is no paper."


def test_a_moment_that_is_none_is_refused():
    with pytest.raises(CommandError, match="'soon' is not a time"):
        run_reports("--now", "soon")


def test_the_sweep_makes_and_mails_once(server):
    with time_machine.travel(datetime(2021, 1, 31, 6, 1, tzinfo=TORONTO), tick=False):
        tasks.run_due.delay()
        tasks.run_due.delay()

    assert len(server.taken) == 1
    assert Run.objects.get().mail_status == "sent"


def test_the_sweep_leaves_others_alone(server):
    Schedule.objects.update(active=False)

    with time_machine.travel(datetime(2021, 1, 31, 6, 1, tzinfo=TORONTO), tick=False):
        tasks.run_due.delay()

    assert server.taken == []

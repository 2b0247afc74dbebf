"""Runs are made once, whoever races for them, dies with them or fails at them."""

from datetime import timedelta

import pytest
import time_machine

from intellimeter.common.errors import DomainError
from reporting.models import Run, Schedule
from reporting.runs import making
from reporting.runs.files import path_of
from reporting.runs.keeping import forget_old
from tests.reporting.runs.conftest import MORNING

pytestmark = pytest.mark.django_db


def facts(run, *names):
    return tuple(Run.objects.values_list(*names).get(pk=run.pk))


def failing(monkeypatch, error):
    def fail(run):
        raise error

    monkeypatch.setattr(making, "report_pdf", fail)


def test_a_run_becomes_a_pdf_that_is_to_be_mailed(run):
    with time_machine.travel(MORNING, tick=False):
        assert making.make(run.pk)

    assert facts(run, "status", "attempts", "finished", "mail_status") == ("done", 1, MORNING, "waiting")
    assert path_of(run).read_bytes().startswith(b"%PDF-")
    schedule = Schedule.objects.get()
    assert schedule.last_run == MORNING
    assert (
        schedule.result == "The report for February 28 to March 30, 2021 was made; it is on its way to ada@example.com."
    )


def test_a_run_that_is_done_is_not_made_again(run):
    with time_machine.travel(MORNING, tick=False):
        assert [making.make(run.pk) for _ in range(2)] == [True, False]
        assert making.due_run_ids(MORNING + timedelta(days=1)) == []


def test_a_run_that_somebody_has_is_not_taken(run):
    with time_machine.travel(MORNING, tick=False):
        assert making._take(run.pk) is not None
        assert making._take(run.pk) is None
        assert making.due_run_ids(MORNING) == []


def test_a_run_whose_worker_died_is_found_again(run):
    with time_machine.travel(MORNING, tick=False):
        making._take(run.pk)
    later = MORNING + making.LEASE
    assert making.due_run_ids(later) == [run.pk]

    with time_machine.travel(later, tick=False):
        assert making.make(run.pk)

    assert facts(run, "status", "attempts") == ("done", 2)


def test_a_run_that_kills_every_worker_fails_in_the_end(run):
    for attempt in range(making.MOST_ATTEMPTS):
        with time_machine.travel(MORNING + making.LEASE * attempt, tick=False):
            assert making._take(run.pk) is not None
    with time_machine.travel(MORNING + making.LEASE * making.MOST_ATTEMPTS, tick=False):
        assert not making.make(run.pk)

    reason = "The report could not be made: whoever made it was broken off each time."
    assert facts(run, "status", "reason") == ("failed", reason)
    assert Schedule.objects.get().result == f"The report for February 28 to March 30, 2021 failed. {reason}"


def test_a_worker_that_was_too_slow_changes_nothing(run):
    with time_machine.travel(MORNING, tick=False):
        slow = making._take(run.pk)
    with time_machine.travel(MORNING + making.LEASE, tick=False):
        making.make(run.pk)
        assert not making._note_success(slow, MORNING)
        making._note_failure(slow, ValueError("late"), MORNING)

    assert facts(run, "status", "attempts", "reason") == ("done", 2, "")


def test_a_due_run_that_fails_is_tried_again_and_then_said_to_have_failed(run, monkeypatch, caplog):
    failing(monkeypatch, ValueError("secret"))
    now = MORNING
    for _ in range(making.MOST_ATTEMPTS):
        with time_machine.travel(now, tick=False):
            assert making.due_run_ids(now) == [run.pk]
            assert not making.make(run.pk)
        now += timedelta(minutes=10)

    told = "The report could not be made (ValueError); it has been logged. Try again later."
    assert facts(run, "status", "attempts", "reason") == ("failed", 3, told)
    assert making.due_run_ids(now + timedelta(days=9)) == []
    assert "secret" in caplog.text


def test_a_run_on_request_fails_at_once(run, monkeypatch):
    Run.objects.update(due=None, token_hash="x")
    failing(monkeypatch, DomainError("There is no paper."))

    with time_machine.travel(MORNING, tick=False):
        assert not making.make(run.pk)

    assert facts(run, "status", "reason", "mail_status") == ("failed", "There is no paper.", "none")


def test_finished_runs_are_forgotten_with_their_files_after_ninety_days(run):
    with time_machine.travel(MORNING, tick=False):
        making.make(run.pk)
    path = path_of(run)

    assert forget_old(MORNING + timedelta(days=90)) == 0
    assert path.exists()
    assert forget_old(MORNING + timedelta(days=90, seconds=1)) == 1
    assert not path.exists()
    assert not Run.objects.exists()

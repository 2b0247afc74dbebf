"""When schedules run: 06:00 in the company's zone on each due date, and late but once where that was missed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from reporting.models import Run, Schedule
from reporting.schedules.dispatch import queue_due
from reporting.schedules.services import create_schedule, delete_schedule, update_schedule
from tests.factories.accounts import AdminFactory

pytestmark = pytest.mark.django_db


def toronto(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/Toronto"))


def scheduled(at="2021-01-05T13:00", user=None, **values):
    values = {"repeat": "month", "start": date(2021, 1, 31), **values}
    sections = ["ConsumptionTable"]
    return create_schedule(user=user or AdminFactory(), now=toronto(at), name="Monthly", sections=sections, **values)


def spans(schedule):
    return [(run.due, run.first, run.until) for run in Run.objects.filter(schedule=schedule).order_by("due")]


def test_a_schedule_runs_from_six_local_on_its_due_date():
    schedule = scheduled()

    assert queue_due(toronto("2021-01-31T05:59")) == {}
    assert len(queue_due(toronto("2021-01-31T06:00"))) == 1
    assert spans(schedule) == [(date(2021, 1, 31), date(2020, 12, 31), date(2021, 1, 31))]


def test_a_due_date_runs_once_however_often_it_is_looked_for():
    schedule = scheduled()

    for time in ("06:00", "06:02", "23:59"):
        queue_due(toronto(f"2021-01-31T{time}"))

    assert len(spans(schedule)) == 1
    schedule.refresh_from_db()
    assert (schedule.last_due, schedule.next_due) == (date(2021, 1, 31), date(2021, 2, 28))


def test_a_moment_without_an_offset_is_the_companys_local_time():
    user = AdminFactory(company__timezone="America/Vancouver")
    schedule = scheduled(user=user)

    assert queue_due(datetime(2021, 1, 31, 5, 59)) == {}  # noqa: DTZ001 - without a zone on purpose
    [at] = queue_due(datetime(2021, 1, 31, 6, 0)).values()  # noqa: DTZ001 - the same

    assert at == datetime(2021, 1, 31, 6, tzinfo=ZoneInfo("America/Vancouver"))
    assert len(spans(schedule)) == 1


def test_what_was_missed_runs_once_and_late():
    schedule = scheduled()

    queue_due(toronto("2021-04-02T11:00"))
    queue_due(toronto("2021-04-02T11:02"))

    assert spans(schedule) == [(date(2021, 3, 31), date(2021, 2, 28), date(2021, 3, 31))]
    schedule.refresh_from_db()
    assert schedule.next_due == date(2021, 4, 30)


@pytest.mark.parametrize("day", ["2021-03-14", "2021-11-07"], ids=["spring", "autumn"])
def test_the_hour_is_the_local_one_on_days_of_a_clock_change(day):
    schedule = scheduled(repeat="day", start=date.fromisoformat(day))

    assert queue_due(toronto(f"{day}T05:59:59")) == {}
    queue_due(toronto(f"{day}T06:00"))

    assert [due for due, _, _ in spans(schedule)] == [date.fromisoformat(day)]


def test_a_schedule_made_after_six_waits_for_its_next_due_date():
    schedule = scheduled("2021-01-31T13:26")

    assert schedule.next_due == date(2021, 2, 28)
    assert queue_due(toronto("2021-01-31T13:28")) == {}
    assert len(queue_due(toronto("2021-02-28T06:00"))) == 1


def test_a_schedule_made_before_six_runs_on_the_day():
    scheduled("2021-01-31T05:00")

    assert len(queue_due(toronto("2021-01-31T06:00"))) == 1


def test_a_time_before_the_schedule_was_made_shows_what_would_have_been():
    schedule = scheduled("2026-11-23T10:00")

    assert len(queue_due(toronto("2021-03-31T07:00"))) == 1
    assert len(queue_due(toronto("2021-04-30T07:00"))) == 1
    assert [due for due, _, _ in spans(schedule)] == [date(2021, 3, 31), date(2021, 4, 30)]


def test_the_last_run_is_on_the_end_if_that_is_due():
    schedule = scheduled(end=date(2021, 2, 28))

    queue_due(toronto("2021-01-31T06:00"))
    queue_due(toronto("2021-02-28T06:00"))
    queue_due(toronto("2021-03-31T06:00"))

    assert [due for due, _, _ in spans(schedule)] == [date(2021, 1, 31), date(2021, 2, 28)]
    schedule.refresh_from_db()
    assert schedule.next_due is None


@pytest.mark.parametrize("values", [{"active": False}, {"repeat": "never"}], ids=str)
def test_what_is_not_to_run_does_not(values):
    scheduled(**values)

    assert queue_due(toronto("2021-01-31T06:00")) == {}


def test_nothing_runs_for_somebody_who_may_not_sign_in():
    scheduled(user=AdminFactory(is_active=False))

    assert queue_due(toronto("2021-01-31T06:00")) == {}


def test_time_in_which_it_was_not_active_is_not_caught_up():
    schedule = scheduled(active=False)

    schedule = update_schedule(schedule=schedule, now=toronto("2021-02-10T09:00"), active=True)

    assert queue_due(toronto("2021-02-10T09:02")) == {}
    assert schedule.next_due == date(2021, 2, 28)


def test_a_new_name_does_not_move_what_is_due():
    schedule = scheduled()

    update_schedule(schedule=schedule, now=toronto("2021-02-10T09:00"), name="Other")

    assert len(queue_due(toronto("2021-02-10T09:02"))) == 1


def test_a_new_rhythm_is_due_from_then_on():
    schedule = scheduled()

    update_schedule(schedule=schedule, now=toronto("2021-02-10T09:00"), repeat="day")

    assert queue_due(toronto("2021-02-10T09:02")) == {}
    assert len(queue_due(toronto("2021-02-11T06:00"))) == 1


def test_without_a_start_the_day_of_its_creation_counts():
    schedule = scheduled(start=None, repeat="week")
    Schedule.objects.update(created=toronto("2021-01-05T13:00"))
    schedule.refresh_from_db()
    schedule = update_schedule(schedule=schedule, now=toronto("2021-01-05T13:01"), period=2)

    assert schedule.next_due == date(2021, 1, 19)


def test_deleting_a_schedule_takes_its_runs_along():
    schedule = scheduled()
    queue_due(toronto("2021-01-31T06:00"))

    delete_schedule(schedule=schedule)

    assert not Run.objects.exists()


def test_looking_for_what_is_due_asks_once_where_nothing_is(django_assert_num_queries):
    for _ in range(3):
        scheduled()

    with django_assert_num_queries(1):
        assert queue_due(toronto("2021-01-10T06:00")) == {}

"""Finds the schedules that are due and writes a run for each: once a due date, whatever runs twice or races."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.audit import update_rows
from reporting.enums import Repeat
from reporting.models import Run, Schedule
from reporting.schedules.timing import due_now, next_due, rhythm_of, zone_of_schedule

FARTHEST = timedelta(hours=14)  # no zone's clock is farther from UTC


def queue_due(moment: datetime) -> dict[int, datetime]:
    """Write a run for each schedule that is owed one; the runs' keys, and the instant that each was found due at.

    A moment without an offset is each company's local time. What several due dates were missed for runs once, for the
    last of them.
    """
    found = [_queue(schedule, moment) for schedule in _candidates(moment)]
    return dict(one for one in found if one is not None)


def _candidates(moment: datetime) -> list[int]:
    """Schedules whose next due date may have come; and those that are asked about as of before they were set."""
    instant = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    coming = Q(next_due__lte=(instant + FARTHEST).date()) | Q(timed_since__gt=instant - FARTHEST)
    rows = Schedule.objects.filter(coming, active=True, user__is_active=True, user__company__isnull=False)
    return list(rows.exclude(repeat=Repeat.NEVER).order_by("next_due", "pk").values_list("pk", flat=True))


@transaction.atomic
def _queue(schedule_id: int, moment: datetime) -> tuple[int, datetime] | None:
    """The run of one schedule, whose row is locked meanwhile; None where another was quicker, or its hour has not come."""
    rows = Schedule.objects.select_for_update(of=("self",)).select_related("user__company")
    schedule = rows.filter(pk=schedule_id).first()
    if schedule is None:
        return None
    now = moment if moment.tzinfo else moment.replace(tzinfo=zone_of_schedule(schedule))
    day = due_now(schedule, now)
    if day is None:
        return None
    span = rhythm_of(schedule).span_of(day)
    run, _made = Run.objects.get_or_create(
        schedule=schedule, due=day, defaults={"before": span.before, "first": span.first, "until": span.until}
    )
    schedule.last_due = day
    upcoming = next_due(schedule, max(now, schedule.timed_since))
    update_rows(Schedule.objects.filter(pk=schedule.pk), last_due=day, next_due=upcoming)
    return run.pk, now

"""What can be done to schedules. Every door uses these: API, portal, admin, demo."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from intellimeter.common.errors import Conflict, DomainError
from reporting.enums import Repeat, RunStatus
from reporting.models import Run, Schedule
from reporting.runs.files import forget_files
from reporting.schedules.timing import local_day, next_due, rhythm_of, zone_of_schedule
from reporting.sections import SECTIONS

TIMING = ("repeat", "period", "start", "end", "active")
FIELDS = ("name", "sections", *TIMING)
LONGEST_PERIOD = 366
YEARS = range(1970, 2200)
MOST_AT_ONCE = 50


@transaction.atomic
def create_schedule(*, user: User, now: datetime, **values: Any) -> Schedule:
    """A report that the user wants by mail, from now on; what would have come due before is not caught up."""
    schedule = Schedule(user=user, timed_since=now)
    _set(schedule, values)
    schedule.save()
    schedule.next_due = next_due(schedule, now)
    schedule.save(update_fields=["next_due"])
    return schedule


@transaction.atomic
def update_schedule(*, schedule: Schedule, now: datetime, **changes: Any) -> Schedule:
    """Change what is given. Where that changes when it comes due, days that lie behind are not caught up."""
    schedule = Schedule.objects.select_for_update(of=("self",)).select_related("user__company").get(pk=schedule.pk)
    before = [getattr(schedule, name) for name in TIMING]
    _set(schedule, changes)
    if [getattr(schedule, name) for name in TIMING] != before:
        schedule.timed_since = now
        schedule.next_due = next_due(schedule, now)
    schedule.save()
    return schedule


@transaction.atomic
def delete_schedule(*, schedule: Schedule) -> None:
    """Remove a schedule with its runs and their files."""
    company = schedule.user.company
    names = list(schedule.runs.values_list("public_id", flat=True))
    schedule.delete()
    transaction.on_commit(lambda: forget_files(company, names))


@transaction.atomic
def start_generation(*, schedule: Schedule, now: datetime) -> tuple[Run, str]:
    """Queue a PDF of the schedule for who asks; the run, and the token that fetches it, which is told this once."""
    unfinished = schedule.runs.filter(status__in=[RunStatus.QUEUED, RunStatus.RUNNING]).exclude(token_hash=None)
    if unfinished.count() >= MOST_AT_ONCE:
        raise Conflict(f"{MOST_AT_ONCE} generations of this report are under way already; poll those first.")
    token = secrets.token_hex(16)
    span = rhythm_of(schedule).span_on(local_day(now, zone_of_schedule(schedule)))
    run = Run.objects.create(
        schedule=schedule,
        token_hash=hash_of(token),
        before=span.before,
        first=span.first,
        until=span.until,
        next_attempt=now,
    )
    return run, token


def hash_of(token: str) -> str:
    """How a token is kept: it is long and random, so one plain SHA-256 is right for it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _set(schedule: Schedule, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name not in FIELDS:
            raise TypeError(f"A schedule has no {name} to set.")
        setattr(schedule, name, value)
    if schedule.repeat != Repeat.NEVER and schedule.period is None:
        schedule.period = 1
    problems = {name: [sentence] for name, sentence in _problems(schedule) if sentence}
    if problems:
        name, [sentence] = next(iter(problems.items()))
        raise DomainError(f"{name}: {sentence}", fields=problems)


def _problems(schedule: Schedule) -> list[tuple[str, str | None]]:
    """The names are the API's."""
    return [
        ("name", None if schedule.name.strip() else "May not be blank."),
        ("reports", _problem_of_sections(schedule.sections)),
        ("repeat", None if schedule.repeat in Repeat else f"Must be one of {', '.join(Repeat)}."),
        ("period", _problem_of_period(schedule.period)),
        ("start", _problem_of_day(schedule.start)),
        ("end", _problem_of_day(schedule.end) or _problem_of_end(schedule)),
    ]


def _problem_of_sections(names: Sequence[str]) -> str | None:
    if not isinstance(names, list) or not names:
        return f"Must be a list of at least one of {', '.join(SECTIONS)}."
    if [name for name in names if name not in SECTIONS]:
        return f"Must be some of {', '.join(SECTIONS)}."
    return "Must have each report once." if len(set(names)) < len(names) else None


def _problem_of_period(period: int | None) -> str | None:
    return None if period is None or 1 <= period <= LONGEST_PERIOD else f"Must be from 1 to {LONGEST_PERIOD}."


def _problem_of_day(day: Any) -> str | None:
    return None if day is None or day.year in YEARS else f"Must be in the years {YEARS.start} to {YEARS.stop - 1}."


def _problem_of_end(schedule: Schedule) -> str | None:
    if schedule.start and schedule.end and schedule.end < schedule.start:
        return "Must not be before start."
    return None

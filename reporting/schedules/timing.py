"""A schedule against the clock: when it is due, in its company's zone (decisions, section 8)."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from intellimeter.common.local_time import zone_of
from reporting.enums import Repeat
from reporting.models import Schedule
from reporting.schedules.calendar import DAY, Rhythm

RUNS_FROM = time(6)


def zone_of_schedule(schedule: Schedule) -> ZoneInfo:
    """The zone of its owner's company."""
    company = schedule.user.company
    return zone_of(company.timezone if company else "UTC")


def rhythm_of(schedule: Schedule) -> Rhythm:
    """Its due dates; a schedule without a start counts from the local day of its creation."""
    start = schedule.start or local_day(schedule.created, zone_of_schedule(schedule))
    return Rhythm(start, Repeat(schedule.repeat), schedule.period or 1, schedule.end)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The date on a calendar in the zone at the instant."""
    return instant.astimezone(zone).date()


def opens(day: date, zone: ZoneInfo) -> datetime:
    """The instant from which the reports of a due date run."""
    return datetime.combine(day, RUNS_FROM, tzinfo=zone)


def due_now(schedule: Schedule, now: datetime) -> date | None:
    """The due date that a run is owed for at the instant: the last that has come and was not seen to. None if none is.

    Days that came due before the schedule was set as it is are not owed; unless `now` itself lies before that, when
    somebody asks what would have been (`run_reports --now`).
    """
    if not schedule.active:
        return None
    zone = zone_of_schedule(schedule)
    today = local_day(now, zone)
    day = rhythm_of(schedule).last_due_by(today if opens(today, zone) <= now else today - DAY)
    if day is None or (schedule.last_due is not None and day <= schedule.last_due):
        return None
    return day if opens(day, zone) >= schedule.timed_since or now < schedule.timed_since else None


def next_due(schedule: Schedule, now: datetime) -> date | None:
    """The first due date that is still to come, or that is owed now."""
    if not schedule.active:
        return None
    zone = zone_of_schedule(schedule)
    today = local_day(now, zone)
    seen = today - DAY if opens(today, zone) >= now else today
    if schedule.last_due is not None:
        seen = max(seen, schedule.last_due)
    return rhythm_of(schedule).next_due_after(seen)

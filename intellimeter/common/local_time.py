"""Local calendar and clock: days, months and hours of a property's zone as UTC instants (decisions, sections 2 and 6).

A read at instant t reports consumption up to t, so t belongs to the hour and the day that end at or after it: every bucket
is (start, end], and midnight of 1 April lies in 31 March.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


class SkippedLocalTime(ValueError):
    """A local time that a clock change leaves out."""


@cache
def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name."""
    return ZoneInfo(name)


def validate_timezone(name: str) -> None:
    """Refuse what is not an IANA zone name."""
    if name not in available_timezones():
        raise ValidationError(f"{name!r} is not an IANA time zone; America/Toronto is one.", code="timezone")


def to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a naive local time; the first of two in a repeated hour, an error in a skipped one."""
    instant = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != local:
        raise SkippedLocalTime(f"{local.isoformat()} does not exist in {zone.key}: a clock change skips it.")
    return instant


def parse_instant(text: str, zone: ZoneInfo) -> datetime:
    """The UTC instant of any ISO 8601 date and time; without an offset it is local to the zone. ValueError if it is none."""
    parsed = datetime.fromisoformat(text)
    try:
        return parsed.astimezone(UTC) if parsed.tzinfo else to_utc(parsed, zone)
    except OverflowError as error:
        raise ValueError(f"{text} is out of range.") from error


def local_stamp(instant: datetime, zone: ZoneInfo) -> str:
    """`YYYY-MM-DDTHH:MM:SS` in the zone, without an offset: how the API writes a time."""
    return instant.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S")


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which the local day begins (its midnight, or what stands for it where a clock change skips that)."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def day_of(instant: datetime, zone: ZoneInfo) -> date:
    """The local day that a read at the instant belongs to."""
    return (instant - TICK).astimezone(zone).date()


def hour_of(instant: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant at which the local hour begins that a read at the instant belongs to.

    Where a clock change cuts a local hour in two (Lord Howe's half hour), the later piece begins at the change.
    """
    local = (instant - TICK).astimezone(zone)
    start = (local - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)).replace(
        tzinfo=None
    )
    offset = local.utcoffset()
    assert offset is not None
    begin = (start - offset).replace(tzinfo=UTC)
    if begin.astimezone(zone).utcoffset() == offset:
        return begin
    return _change_between(begin, instant, zone)


def hour_end(begin: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the local hour that begins at `begin` ends."""
    end = begin + HOUR
    bucket = hour_of(end, zone)
    return end if bucket == begin else bucket


def _change_between(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """The first instant after `early` at which the offset is the one that holds just before `late`; to the second."""
    offset = (late - TICK).astimezone(zone).utcoffset()
    low, high = 0, int((late - early).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if (early + timedelta(seconds=middle)).astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return early + timedelta(seconds=high)

"""Which local hour and day an instant belongs to, as the database writes them; each instant reckoned once."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from intellimeter.common.local_time import day_of, day_start, hour_end, hour_of


class Place(NamedTuple):
    """An instant's own text, and the keys of its hour and its day."""

    time: str
    hour: str
    day: str


def utc(seconds: int) -> datetime:
    """The instant so many seconds after 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def seconds(instant: datetime) -> int:
    """Whole seconds since 1970."""
    return int(instant.timestamp())


def text_of(instant: datetime) -> str:
    """The instant as both databases take and compare it."""
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


class Calendar(dict[int, Place]):
    """A zone's hours and days by instant (seconds since 1970)."""

    def __init__(self, zone: ZoneInfo):
        super().__init__()
        self.zone = zone

    def __missing__(self, time: int) -> Place:
        instant = utc(time)
        place = Place(text_of(instant), text_of(hour_of(instant, self.zone)), day_of(instant, self.zone).isoformat())
        self[time] = place
        return place

    def hour_bounds(self, hours: Iterable[str]) -> dict[str, tuple[str, str]]:
        """From each hour's key to the text of its begin and end."""
        bounds = {}
        for hour in hours:
            begin = datetime.fromisoformat(hour).replace(tzinfo=UTC)
            bounds[hour] = (hour, text_of(hour_end(begin, self.zone)))
        return bounds

    def day_bounds(self, days: Iterable[str]) -> dict[str, tuple[str, str]]:
        """From each day's key to the text of its begin and end."""
        bounds = {}
        for key in days:
            day = date.fromisoformat(key)
            begin, end = day_start(day, self.zone), day_start(day + timedelta(days=1), self.zone)
            bounds[key] = (text_of(begin), text_of(end))
        return bounds

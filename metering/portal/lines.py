"""What charts show: the consumption of meters, suites and properties, step by step, in steps that fit the range.

A range of years is answered by months, one of months by days, one of days by hours, and a short one of few meters by the reads
themselves, so no chart ever asks for more than a screen can show.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import User
from intellimeter.common.api.fields import is_public_id
from intellimeter.common.errors import NotFound
from intellimeter.common.local_time import day_start, zone_of
from metering.consumption import Step, counted_meters, use_by_step
from metering.consumption.suites import served_within
from metering.enums import Utility
from metering.models import Meter, Property, Read, Suite

DAY = timedelta(days=1)
READS_UP_TO = timedelta(days=2, hours=1)
HOURS_UP_TO = timedelta(days=16)
DAYS_UP_TO = timedelta(days=800)
READS_OF_AT_MOST = 10
LINES_AT_MOST = 8
STAMPS = {None: "%Y-%m-%d %H:%M", Step.HOUR: "%Y-%m-%d %H:00", Step.DAY: "%Y-%m-%d", Step.MONTH: "%Y-%m"}


@dataclass(frozen=True, slots=True)
class Measured:
    """A meter, from when to when it counts for a line."""

    meter: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: a meter, or a suite or property with a utility. `key` is what the address names it by."""

    key: str
    name: str
    utility: Utility
    property: Property
    meter: Meter | None = None
    suite: Suite | None = None

    def measured(self, start: datetime, end: datetime) -> list[Measured]:
        """The meters that count for it within (start, end], each in its time."""
        if self.meter is not None:
            return [Measured(self.meter.pk, start, end)]
        if self.suite is not None:
            rows = served_within(self.property, start, end)
            return [
                Measured(row.meter.id, row.start, row.end)
                for row in rows
                if row.suite == self.suite.pk and row.meter.utility == self.utility
            ]
        meters = counted_meters(Meter.objects.filter(property=self.property, utility=self.utility))
        return [Measured(meter.pk, start, end) for meter in meters]


@dataclass(frozen=True, slots=True)
class Line:
    """A line's points: local stamps to consumption in its utility's unit, in the order of time."""

    shown: Shown
    points: dict[str, Decimal]


def shown_by(keys: Iterable[str], user: User) -> list[Shown]:
    """What the keys name among what the user may see: `meter-ID`, `suite-ID-E`, `property-ID-E`. NotFound for any other."""
    return [_shown(key, user) for key in dict.fromkeys(keys)]


def _shown(key: str, user: User) -> Shown:
    kind, _, rest = key.partition("-")
    public_id, _, utility = rest.partition("-")
    if is_public_id(public_id):
        if kind == "meter" and not utility:
            meter = Meter.objects.visible_to(user).select_related("property").filter(public_id=public_id).first()
            if meter is not None:
                return Shown(key, meter.name, Utility(meter.utility), meter.property, meter=meter)
        elif kind == "suite" and utility in Utility.values:
            suite = Suite.objects.visible_to(user).select_related("property").filter(public_id=public_id).first()
            if suite is not None:
                name = _of(suite.name, Utility(utility))
                return Shown(key, name, Utility(utility), suite.property, suite=suite)
        elif kind == "property" and utility in Utility.values:
            found = Property.objects.visible_to(user).filter(public_id=public_id).first()
            if found is not None:
                return Shown(key, _of(found.display_name, Utility(utility)), Utility(utility), found)
    raise NotFound("One of the things to show does not exist, or none that you may see.")


@dataclass(frozen=True, slots=True)
class Part:
    """A line over a range: what is measured for it, in its property's zone."""

    shown: Shown
    zone: ZoneInfo
    measured: list[Measured]


def parts_of(shown: Iterable[Shown], first: date, last: date) -> list[Part]:
    """The lines over the local days from `first` to `last`, both whole, each in its property's own time."""
    parts = []
    for one in shown:
        zone = zone_of(one.property.timezone)
        parts.append(Part(one, zone, one.measured(day_start(first, zone), day_start(last + DAY, zone))))
    return parts


def step_for(span: timedelta, parts: Iterable[Part]) -> Step | None:
    """How long the steps of a chart are; None where it shows the reads themselves."""
    if span <= READS_UP_TO and sum(len(part.measured) for part in parts) <= READS_OF_AT_MOST:
        return None
    if span <= HOURS_UP_TO:
        return Step.HOUR
    return Step.DAY if span <= DAYS_UP_TO else Step.MONTH


def lines_of(parts: Iterable[Part], step: Step | None) -> list[Line]:
    """The lines in these steps."""
    return [Line(part.shown, _points(part.measured, step, part.zone)) for part in parts]


def labels_of(step: Step | None, first: date, last: date, lines: Iterable[Line]) -> list[str]:
    """Every step of the range, so that a time without reads is a gap; of reads, the instants at which there are some."""
    if step is None:
        return sorted({label for line in lines for label in line.points})
    days = [first + number * DAY for number in range((last - first).days + 1)]
    if step is Step.HOUR:
        return [f"{day:%Y-%m-%d} {hour:02}:00" for day in days for hour in range(24)]
    return list(dict.fromkeys(day.strftime(STAMPS[step]) for day in days))


def _points(measured: list[Measured], step: Step | None, zone: ZoneInfo) -> dict[str, Decimal]:
    """Added up by stamp: a repeated hour of a clock change is one point, as one cannot be told from the other on an axis."""
    found: dict[date | datetime, Decimal] = defaultdict(Decimal)
    for begin, used in _used(measured, step, zone):
        found[begin] += used
    points: dict[str, Decimal] = defaultdict(Decimal)
    for begin in sorted(found):
        local = begin.astimezone(zone) if isinstance(begin, datetime) else begin
        points[local.strftime(STAMPS[step])] += found[begin]
    return dict(points)


def _used(measured: list[Measured], step: Step | None, zone: ZoneInfo) -> Iterator[tuple[date | datetime, Decimal]]:
    together: dict[tuple[datetime, datetime], list[int]] = defaultdict(list)
    for one in measured:
        together[one.start, one.end].append(one.meter)
    for (start, end), meters in together.items():
        if step is None:
            reads = Read.objects.filter(meter_id__in=meters, time__gt=start, time__lte=end).exclude(interval=None)
            yield from reads.values_list("time", "interval")  # type: ignore[misc] # those without an interval are left out
        else:
            for use in use_by_step(meters, start, end, step, zone):
                yield use.step, use.consumption


def choices_of(property: Property) -> list[tuple[str, list[tuple[str, str]]]]:
    """What of a property can be shown, in groups: keys and names of itself, its suites and its meters. Two queries."""
    meters = list(Meter.objects.filter(property=property).with_current_suite().order_by("-general", "name", "pk"))
    utilities = [utility for utility in Utility if any(meter.utility == utility for meter in meters)]
    suites: dict[str, tuple[str, set[str]]] = {}
    for meter in meters:
        found: Any = meter
        if found.suite_public_id:
            suites.setdefault(found.suite_public_id, (found.suite_name, set()))[1].add(meter.utility)
    whole = [(f"property-{property.public_id}-{utility}", _of(property.display_name, utility)) for utility in utilities]
    parts = [
        (f"suite-{public_id}-{utility}", _of(name, utility))
        for public_id, (name, used) in sorted(suites.items(), key=lambda item: item[1][0])
        for utility in utilities
        if utility in used
    ]
    return [
        (_("Whole property"), whole),
        (_("Suites"), parts),
        (_("Meters"), [(f"meter-{meter.public_id}", meter.name) for meter in meters]),
    ]


def _of(name: str, utility: Utility) -> str:
    return f"{name}, {utility.label}"

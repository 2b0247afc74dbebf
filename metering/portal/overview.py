"""The figures of the start page: now against last month and last year, and who uses most. A handful of queries in all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from accounts.models import User
from intellimeter.common.local_time import day_start, zone_of
from metering.consumption import counted_meters
from metering.consumption.sums import Window, sums_of
from metering.enums import Utility
from metering.models import Meter, MeterSuite, Property, Suite
from metering.portal.calendar import months_before
from metering.portal.lines import LINES_AT_MOST
from metering.portal_selectors import month_so_far

TOP = 5
BACK = (0, 1, 12)
"""How many months before the present each stretch lies."""
STRETCHES = (*BACK, *BACK)
"""Of the day, and of the month."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Local days up to the clock time of now, and what was used in them; `change` is that of the present against it in
    percent, None for the present itself and where nothing was used."""

    first: date
    last: date
    used: Decimal
    change: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """What the properties used of a utility `today` or else in the month so far: now, and in the same part of the month before
    and of a year before. `keys` name the properties that used most of it, as charts do."""

    utility: Utility
    today: bool
    stretches: list[Stretch]
    keys: list[str]


@dataclass(frozen=True, slots=True)
class TopSuite:
    """A suite and what it used of a utility in the month so far."""

    suite: Suite
    used: Decimal


def compared(properties: Iterable[Property], now: datetime, zone_name: str) -> list[Compared]:
    """The properties' consumption of each utility that they measure, each in its own local time. Two queries.

    The days that the stretches name are those of the zone.
    """
    owners = {property.pk: property for property in properties}
    counted = counted_meters(Meter.objects.filter(property_id__in=owners))
    spans = {name: _spans(name, now) for name in {owner.timezone for owner in owners.values()}}
    windows = [
        Window(meter.pk, start, end, zone_of(owners[meter.property_id].timezone))
        for meter in counted
        for start, end in spans[owners[meter.property_id].timezone]
    ]
    used: dict[Utility, list[Decimal]] = {}
    of_property: dict[tuple[Utility, str], Decimal] = defaultdict(Decimal)
    sums = iter(sums_of(windows))
    for meter in counted:
        utility = Utility(meter.utility)
        figures = [next(sums).consumption for _ in STRETCHES]
        before = used.get(utility, [Decimal(0)] * len(STRETCHES))
        used[utility] = [one + other for one, other in zip(before, figures, strict=True)]
        of_property[utility, owners[meter.property_id].public_id] += figures[len(BACK)]
    days = _days(now.astimezone(zone_of(zone_name)).date())
    return [
        Compared(utility, today, _stretches(days[part], used[utility][part]), _most(of_property, utility))
        for utility in Utility
        if utility in used
        for today, part in ((True, slice(0, len(BACK))), (False, slice(len(BACK), None)))
    ]


def _days(today: date) -> list[tuple[date, date]]:
    """First and last day of each stretch: of today and its like, then of the month so far and its like."""
    lasts = [months_before(today, back) for back in BACK]
    return [(last, last) for last in lasts] + [(last.replace(day=1), last) for last in lasts]


def _spans(zone_name: str, now: datetime) -> list[tuple[datetime, datetime]]:
    """The same as instants, each up to the clock time of now."""
    zone = zone_of(zone_name)
    local = now.astimezone(zone)
    at = time(local.hour, local.minute)
    ends = [
        now,
        *(datetime.combine(months_before(local.date(), back), at, tzinfo=zone).astimezone(UTC) for back in BACK[1:]),
    ]
    return [(day_start(first, zone), end) for (first, _last), end in zip(_days(local.date()), ends * 2, strict=True)]


def _stretches(days: Sequence[tuple[date, date]], used: Sequence[Decimal]) -> list[Stretch]:
    changes = [None, *(_change(used[0], before) for before in used[1:])]
    return [Stretch(*days, used, change) for days, used, change in zip(days, used, changes, strict=True)]


def _most(used: dict[tuple[Utility, str], Decimal], utility: Utility) -> list[str]:
    found = sorted((-total, public_id) for (of, public_id), total in used.items() if of == utility)
    return [f"property-{public_id}-{utility}" for _total, public_id in found[:LINES_AT_MOST]]


def top_suites(user: User, now: datetime) -> dict[Utility, list[TopSuite]]:
    """The suites that used most of each utility in their property's month so far, by the meters that serve them now."""
    serving = MeterSuite.objects.visible_to(user).filter(end=None).select_related("meter", "suite__property")
    rows = list(serving)
    windows = []
    for row in rows:
        start, end = month_so_far(row.suite.property.timezone, now)
        windows.append(Window(row.meter_id, max(row.start or start, start), end, zone_of(row.suite.property.timezone)))
    used: dict[tuple[Utility, int], Decimal] = defaultdict(Decimal)
    for row, sums in zip(rows, sums_of(windows), strict=True):
        used[Utility(row.meter.utility), row.suite_id] += sums.consumption
    suites = {row.suite_id: row.suite for row in rows}
    return {
        utility: sorted(
            (TopSuite(suites[pk], total) for (other, pk), total in used.items() if other == utility and total),
            key=lambda one: (-one.used, one.suite.name),
        )[:TOP]
        for utility in Utility
        if any(other == utility for other, _pk in used)
    }


def top_properties(
    properties: Iterable[Property], used: dict[int, dict[Utility, Decimal]]
) -> dict[Utility, list[tuple[Property, Decimal]]]:
    """The properties in the order of what they used of each utility, from figures that are at hand."""
    found: dict[Utility, list[tuple[Property, Decimal]]] = defaultdict(list)
    for property in properties:
        for utility, total in used.get(property.pk, {}).items():
            if total:
                found[utility].append((property, total))
    return {
        utility: sorted(found[utility], key=lambda one: (-one[1], one[0].display_name))[:TOP]
        for utility in Utility
        if utility in found
    }


def _change(now: Decimal, before: Decimal) -> Decimal | None:
    return None if not before else (now - before) / before * 100

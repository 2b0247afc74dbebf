"""The figures of the start page: now against last month and last year, and who uses most. A handful of queries in all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from accounts.models import User
from intellimeter.common.local_time import day_start, zone_of
from metering.consumption import counted_meters
from metering.consumption.sums import Window, sums_of
from metering.enums import Utility
from metering.models import Meter, MeterSuite, Property, Suite
from metering.portal.calendar import months_before
from metering.portal_selectors import month_so_far

TOP = 5


@dataclass(frozen=True, slots=True)
class Compared:
    """What the properties used of a utility: today, in the month so far, and in the same stretch of the month before and
    of the same month a year before."""

    utility: Utility
    today: Decimal
    month: Decimal
    month_before: Decimal
    year_before: Decimal

    @property
    def against_month(self) -> Decimal | None:
        """The change against the month before in percent; None where nothing was used then."""
        return _change(self.month, self.month_before)

    @property
    def against_year(self) -> Decimal | None:
        """The change against a year before in percent; None where nothing was used then."""
        return _change(self.month, self.year_before)


@dataclass(frozen=True, slots=True)
class TopSuite:
    """A suite and what it used of a utility in the month so far."""

    suite: Suite
    used: Decimal


def compared(properties: Iterable[Property], now: datetime) -> list[Compared]:
    """The properties' consumption of each utility that they measure, in their own local time. Two queries."""
    zones = {property.pk: property.timezone for property in properties}
    counted = counted_meters(Meter.objects.filter(property_id__in=zones))
    stretches = {name: _stretches(name, now) for name in set(zones.values())}
    windows = [
        Window(meter.pk, start, end, zone_of(zones[meter.property_id]))
        for meter in counted
        for start, end in stretches[zones[meter.property_id]]
    ]
    totals: dict[Utility, list[Decimal]] = {}
    sums = iter(sums_of(windows))
    for meter in counted:
        total = totals.setdefault(Utility(meter.utility), [Decimal(0)] * 4)
        for place in range(4):
            total[place] += next(sums).consumption
    return [Compared(utility, *totals[utility]) for utility in Utility if utility in totals]


def _stretches(zone_name: str, now: datetime) -> Sequence[tuple[datetime, datetime]]:
    """Today, this month, the month before and a year before, each from its begin to the same clock time."""
    zone = zone_of(zone_name)
    local = now.astimezone(zone)
    today, at = local.date(), local.time()
    spans = [(day_start(today, zone), now), (day_start(today.replace(day=1), zone), now)]
    for months in (1, 12):
        then = months_before(today, months)
        end = datetime.combine(then, time(at.hour, at.minute), tzinfo=zone)
        spans.append((day_start(then.replace(day=1), zone), end.astimezone(now.tzinfo)))
    return spans


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

"""What many properties used over whole local days, for reports: sums by day, month, suite, and how well it was read.

Each property's days are its own local ones. Ranges are dates: from `first` up to, and not with, `until`. No function makes
more queries for more properties, suites or meters.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Q, Sum

from intellimeter.common.local_time import day_start, zone_of
from metering.consumption.suites import UTILITIES, counted_meters
from metering.consumption.sums import Window, sums_of
from metering.enums import Utility
from metering.models import DayRollup, Meter, MeterSuite, MonthRollup, Property

ByProperty = dict[tuple[int, Utility], dict[date, Decimal]]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a meter was read in a range: on how many days, the last of them, and how many reads are for review."""

    days: int
    last: date | None
    flagged: int


def properties_by_day(meters: Iterable[Meter], first: date, until: date) -> ByProperty:
    """By property and utility: the consumption of each day with a read. Of all the properties' meters; one query."""
    counted = [meter.pk for meter in counted_meters(meters)]
    rows = DayRollup.objects.filter(meter_id__in=counted, day__gte=first, day__lt=until)
    summed = rows.order_by().values_list("meter__property_id", "meter__utility", "day").annotate(Sum("consumption"))
    return _by_property(summed.iterator())


def properties_by_month(meters: Iterable[Meter], first: date, until: date) -> ByProperty:
    """The same by month, which its first day stands for. One query."""
    counted = [meter.pk for meter in counted_meters(meters)]
    rows = MonthRollup.objects.filter(meter_id__in=counted, month__gte=first, month__lt=until, reads__gt=0)
    summed = rows.order_by().values_list("meter__property_id", "meter__utility", "month").annotate(Sum("consumption"))
    return _by_property(summed.iterator())


def readings(meter_ids: Collection[int], first: date, until: date) -> dict[int, Reading]:
    """How each meter was read; those that were not read at all are left out. One query."""
    rows = DayRollup.objects.filter(meter_id__in=meter_ids, day__gte=first, day__lt=until, reads__gt=0)
    summed = rows.order_by().values_list("meter_id").annotate(Count("day"), Max("day"), Sum("flagged"))
    return {meter: Reading(days, last, flagged) for meter, days, last, flagged in summed}


def suites_total(properties: Iterable[Property], first: date, until: date) -> dict[int, dict[Utility, Decimal]]:
    """By suite: what its meters measured for it, each in its time there. Two queries.

    What was not read at all is left out.
    """
    bounds = {}
    for owner in properties:
        zone = zone_of(owner.timezone)
        bounds[owner.pk] = (day_start(first, zone), day_start(until, zone), zone)
    if not bounds:
        return {}
    low, high = min(start for start, _, _ in bounds.values()), max(end for _, end, _ in bounds.values())
    served = MeterSuite.objects.filter(
        Q(start=None) | Q(start__lt=high), Q(end=None) | Q(end__gt=low), suite__property__in=bounds
    )
    windows, keys = [], []
    columns = ("suite_id", "suite__property_id", "meter_id", "meter__utility", "start", "end")
    for suite, owner_id, meter, utility, begin, end in served.order_by("pk").values_list(*columns):
        start, stop, zone = bounds[owner_id]
        start, stop = max(begin or start, start), min(end or stop, stop)
        if start < stop:
            windows.append(Window(meter, start, stop, zone))
            keys.append((suite, UTILITIES[utility]))
    found: dict[int, dict[Utility, Decimal]] = defaultdict(dict)
    for (suite, of), sums in zip(keys, sums_of(windows), strict=True):
        if sums.reads:
            found[suite][of] = found[suite].get(of, Decimal(0)) + sums.consumption
    return dict(found)


def _by_property(rows: Iterable[tuple[int, str, date, Decimal]]) -> ByProperty:
    found: ByProperty = defaultdict(dict)
    for owner, utility, step, used in rows:
        found[owner, UTILITIES[utility]][step] = used
    return dict(found)

"""What suites and a whole property used: meters counted where they belong (decisions, section 6)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from intellimeter.common.local_time import zone_of
from metering.consumption.figures import MeterName, SuiteMeterUse
from metering.consumption.meters import uses_of
from metering.consumption.sums import Window, sums_of
from metering.enums import Utility
from metering.models import Meter, MeterSuite, Property

UTILITIES = {str(utility): utility for utility in Utility}


class Served(NamedTuple):
    """A meter's time in a suite."""

    suite: int
    meter: MeterName
    start: datetime
    end: datetime


def suite_use(
    property: Property, start: datetime, end: datetime, *, served: Sequence[Served] | None = None
) -> dict[int, list[SuiteMeterUse]]:
    """By suite, what its meters measured for it in (start, end]; three queries for the whole property.

    A meter that moved within the range counts for each suite in its time, with the registers at the move; one that left
    a suite and came back is listed twice. Suites that no meter served are left out. `served` is what `served_within` said
    of this range or a wider one, where that is known already.
    """
    zone = zone_of(property.timezone)
    served = served_within(property, start, end) if served is None else cut(served, start, end)
    windows = [Window(row.meter.id, row.start, row.end, zone) for row in served]
    suites: dict[int, list[SuiteMeterUse]] = defaultdict(list)
    for row, use in zip(served, uses_of(windows), strict=True):
        suites[row.suite].append(SuiteMeterUse(row.meter, row.start, row.end, use))
    return dict(suites)


def property_use(property: Property, start: datetime, end: datetime) -> dict[Utility, Decimal]:
    """The property's consumption of each utility that it has a meter of, in (start, end]. Two queries."""
    counted = counted_meters(Meter.objects.filter(property=property))
    windows = [Window(meter.pk, start, end, zone_of(property.timezone)) for meter in counted]
    used: dict[Utility, Decimal] = defaultdict(Decimal)
    for meter, sums in zip(counted, sums_of(windows), strict=True):
        used[Utility(meter.utility)] += sums.consumption
    return dict(used)


def counted_meters(meters: Iterable[Meter]) -> list[Meter]:
    """Those whose sum is their property's consumption: a utility's general meters where it has any, else all of it."""
    meters = list(meters)
    measured_whole = {(meter.property_id, meter.utility) for meter in meters if meter.general}
    return [meter for meter in meters if meter.general or (meter.property_id, meter.utility) not in measured_whole]


def assignments_within(property: Property, start: datetime, end: datetime) -> QuerySet[MeterSuite]:
    """The rows that say which meter served which suite at some time in (start, end]."""
    return MeterSuite.objects.filter(
        Q(start=None) | Q(start__lt=end), Q(end=None) | Q(end__gt=start), suite__property=property
    )


def served_within(property: Property, start: datetime, end: datetime) -> list[Served]:
    """Which meter served which suite from when to when, cut to (start, end], by the meters' names and then by time."""
    rows = assignments_within(property, start, end)
    ordered = rows.order_by("meter__name", "meter_id", F("start").asc(nulls_first=True))
    columns = ("suite_id", "start", "end", "meter_id", "meter__name", "meter__serial_number", "meter__utility")
    return [
        Served(
            suite, MeterName(pk, name, serial, UTILITIES[utility]), max(begin or start, start), min(until or end, end)
        )
        for suite, begin, until, pk, name, serial, utility in ordered.values_list(*columns)
    ]


def cut(served: Iterable[Served], start: datetime, end: datetime) -> list[Served]:
    """The parts of these times that lie in (start, end]."""
    return [
        row._replace(start=max(row.start, start), end=min(row.end, end))
        for row in served
        if row.start < end and row.end > start
    ]

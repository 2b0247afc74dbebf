"""What the portal's pages show of meters and their reads. Who may see it is settled by what is passed in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from intellimeter.common.local_time import day_start, zone_of
from metering.consumption import counted_meters, meter_consumption, use_by_step
from metering.consumption.steps import Step
from metering.consumption.sums import Window, sums_of
from metering.enums import Utility
from metering.models import DayRollup, LatestRead, Meter, Property, Read, Suite

DAY = timedelta(days=1)
DAYS_SHOWN = 30
READS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class DayUse:
    """A local day of a meter: consumption in its unit, the number of its reads, and of those for review."""

    day: date
    consumption: Decimal | None
    reads: int
    flagged: int


def silent(now: datetime) -> Q:
    """Latest reads of meters that have reported before and have not for a day."""
    return Q(time__lt=now - DAY)


def properties_with_counts(user: User, now: datetime) -> QuerySet[Property]:
    """The user's properties, each with `meter_count`, `suite_count`, `silent_count` (meters that stopped reporting) and
    `latest_read` (the instant, null where none).
    """

    def count(rows: QuerySet[Any], path: str = "property") -> Coalesce:
        grouped = rows.filter(**{path: OuterRef("pk")}).order_by().values(path)
        return Coalesce(Subquery(grouped.annotate(rows=Count("pk")).values("rows"), output_field=IntegerField()), 0)

    latest = LatestRead.objects.filter(meter__property=OuterRef("pk")).order_by().values("meter__property")
    return Property.objects.visible_to(user).annotate(
        meter_count=count(Meter.objects.all()),
        suite_count=count(Suite.objects.all()),
        silent_count=count(LatestRead.objects.filter(silent(now)), "meter__property"),
        latest_read=Subquery(latest.annotate(newest=Max("time")).values("newest")),
    )


def local_today(zone_name: str, now: datetime) -> date:
    """The calendar day in the zone."""
    return now.astimezone(zone_of(zone_name)).date()


def month_so_far(zone_name: str, now: datetime) -> tuple[datetime, datetime]:
    """From the first midnight of the zone's current month to the end of its current day."""
    zone, today = zone_of(zone_name), local_today(zone_name, now)
    return day_start(today.replace(day=1), zone), day_start(today + DAY, zone)


def use_this_month(properties: Iterable[Property], now: datetime) -> dict[int, dict[Utility, Decimal]]:
    """What each property used of each utility in its own current month, by primary key. Two queries however many."""
    zones = {property.pk: property.timezone for property in properties}
    counted = counted_meters(Meter.objects.filter(property_id__in=zones))
    windows = [
        Window(meter.pk, *month_so_far(name, now), zone_of(name))
        for meter in counted
        for name in [zones[meter.property_id]]
    ]
    used: dict[int, dict[Utility, Decimal]] = defaultdict(dict)
    for meter, sums in zip(counted, sums_of(windows), strict=True):
        of_property, utility = used[meter.property_id], Utility(meter.utility)
        of_property[utility] = of_property.get(utility, Decimal(0)) + sums.consumption
    return {pk: _in_order(use) for pk, use in used.items()}


def added_up(uses: Iterable[dict[Utility, Decimal]]) -> dict[Utility, Decimal]:
    """The sum per utility over several properties."""
    total: dict[Utility, Decimal] = defaultdict(Decimal)
    for use in uses:
        for utility, consumption in use.items():
            total[utility] += consumption
    return _in_order(total)


def live_meters(property: Property) -> QuerySet[Meter]:
    """The property's meters with their suite of now and their newest read; the general ones first."""
    return (
        Meter.objects.filter(property=property)
        .with_current_suite()
        .select_related("latest")
        .order_by("-general", "name", "pk")
    )


def meters_use_this_month(meters: Iterable[Meter], property: Property, now: datetime) -> dict[int, Decimal]:
    """What each of the property's meters used in its current month so far, by primary key."""
    return meter_consumption([meter.pk for meter in meters], *month_so_far(property.timezone, now))


def use_by_day(meter: Meter, now: datetime) -> list[DayUse]:
    """The last 30 local days up to today, oldest first; consumption is None on a day without a read."""
    zone = zone_of(meter.property.timezone)
    last = local_today(meter.property.timezone, now)
    first = last - (DAYS_SHOWN - 1) * DAY
    steps = use_by_step([meter.pk], day_start(first, zone), day_start(last + DAY, zone), Step.DAY, zone)
    used = {step.step: step.consumption for step in steps}
    counts = {
        row["day"]: row
        for row in DayRollup.objects.filter(meter=meter, day__range=(first, last)).values("day", "reads", "flagged")
    }
    return [
        DayUse(day, used.get(day), counts[day]["reads"], counts[day]["flagged"])
        if day in counts
        else DayUse(day, None, 0, 0)
        for day in (first + index * DAY for index in range(DAYS_SHOWN))
    ]


def newest_reads(meter: Meter) -> list[Read]:
    """The meter's last 24 reads, newest first."""
    return list(Read.objects.filter(meter=meter).order_by("-time")[:READS_SHOWN])


def _in_order(use: dict[Utility, Decimal]) -> dict[Utility, Decimal]:
    return {utility: use[utility] for utility in Utility if utility in use}

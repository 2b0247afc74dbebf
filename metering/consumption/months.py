"""What suites used month by month, for the charts of invoices (decisions, section 6)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from intellimeter.common.local_time import day_start, zone_of
from metering.consumption.spans import next_month
from metering.consumption.suites import Served, cut, served_within
from metering.consumption.sums import Window, sums_of
from metering.enums import Utility
from metering.models import MonthRollup, Property

Figures = dict[tuple[int, date, Utility], Decimal]


def monthly_suite_use(
    property: Property, months: Iterable[date], *, served: Sequence[Served] | None = None
) -> dict[int, dict[date, dict[Utility, Decimal]]]:
    """By suite and by month, of those given by their first days: the consumption of each utility.

    Meters count for each suite in their time. A suite that no meter served is left out, and so is a month of which its
    meters have no reads. At most three queries for the whole property. `served` is what `served_within` said of all these
    months or more, where that is known already.
    """
    months = sorted(months)
    if not months:
        return {}
    zone = zone_of(property.timezone)
    start, end = day_start(months[0], zone), day_start(next_month(months[-1]), zone)
    served = served_within(property, start, end) if served is None else cut(served, start, end)
    steady = {row.meter.id: row for row in served if (row.start, row.end) == (start, end)}
    figures = _of_steady(steady, months)
    moved = [row for row in served if row.meter.id not in steady]
    for key, used in _of_moved(moved, months, zone).items():
        figures[key] += used
    found: dict[int, dict[date, dict[Utility, Decimal]]] = {row.suite: {} for row in served}
    for (suite, month, utility), used in figures.items():
        found[suite].setdefault(month, {})[utility] = used
    return found


def _of_steady(served: dict[int, Served], months: list[date]) -> Figures:
    """Meters that served one suite all the time: their whole months."""
    figures: Figures = defaultdict(Decimal)
    if not served:
        return figures
    kept = MonthRollup.objects.filter(month__range=(months[0], months[-1]), meter_id__in=served)
    for meter, month, used in kept.values_list("meter_id", "month", "consumption"):
        row = served[meter]
        figures[row.suite, month, row.meter.utility] += used
    return figures


def _of_moved(served: list[Served], months: list[date], zone: ZoneInfo) -> Figures:
    """Meters that came or went: each month's part of their time in the suite."""
    figures: Figures = defaultdict(Decimal)
    windows, keys = [], []
    for row in served:
        for month in months:
            low = max(row.start, day_start(month, zone))
            high = min(row.end, day_start(next_month(month), zone))
            if low < high:
                windows.append(Window(row.meter.id, low, high, zone))
                keys.append((row.suite, month, row.meter.utility))
    for key, sums in zip(keys, sums_of(windows), strict=True):
        if sums.reads:
            figures[key] += sums.consumption
    return figures

"""Consumption step by step: by local hour, day, month or year, in the order of time and without holding it all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from zoneinfo import ZoneInfo

from django.db.models import Sum
from django.db.models.functions import TruncYear

from metering.consumption.figures import StepUse
from metering.consumption.spans import DAYS, HOURS, MONTHS, YEARS, Level, bucket_key, whole
from metering.consumption.sums import Window, sums_of
from metering.models import DayRollup, HourRollup, MonthRollup

CHUNK = 5000


class Step(StrEnum):
    """How long a step is."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_GRIDS = {Step.HOUR: HOURS, Step.DAY: DAYS, Step.MONTH: MONTHS, Step.YEAR: YEARS}
Row = tuple[date | datetime, int, Decimal]


def use_by_step(
    meter_ids: Sequence[int], start: datetime, end: datetime, step: Step | str, zone: ZoneInfo
) -> Iterator[StepUse]:
    """The consumption of each meter in each step of (start, end], by step and then in the order of the ids.

    Steps that the range cuts count the part within it. A meter without a read in a step has no row there. At most three
    queries: the whole steps, streamed from rollups, and a cut one at either end. The meters share the zone.
    """
    walk = _Walk({meter: place for place, meter in enumerate(meter_ids)}, Step(step), zone)
    grid = _GRIDS[walk.step]
    middle = whole(grid, start, end, zone)
    if middle is not None:
        yield from walk.cut_step(start, middle[0])
        yield from walk.whole_steps(*middle)
        yield from walk.cut_step(middle[1], end)
        return
    boundary = min(grid.end(start, zone), end)
    yield from walk.cut_step(start, boundary)
    yield from walk.cut_step(boundary, end)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Through the steps of some meters, whose places in the answer `order` has."""

    order: dict[int, int]
    step: Step
    zone: ZoneInfo

    def cut_step(self, start: datetime, end: datetime) -> Iterator[StepUse]:
        """(start, end], which lies within one step."""
        if start >= end:
            return
        begin = _GRIDS[self.step].begin(end, self.zone)
        label = begin if self.step is Step.HOUR else bucket_key(Level.DAY, begin, self.zone)
        windows = [Window(meter, start, end, self.zone) for meter in self.order]
        for window, sums in zip(windows, sums_of(windows), strict=True):
            if sums.reads:
                yield StepUse(label, window.meter, sums.consumption)

    def whole_steps(self, first: datetime, last: datetime) -> Iterator[StepUse]:
        """Steps that the range has in full; only one step's rows are held at a time."""
        for _label, rows in groupby(self._rows(first, last), key=itemgetter(0)):
            for label, meter, consumption in sorted(rows, key=lambda row: self.order[row[1]]):
                yield StepUse(label, meter, consumption)

    def _rows(self, first: datetime, last: datetime) -> Iterator[Row]:
        if self.step is Step.HOUR:
            hours = HourRollup.objects.filter(meter_id__in=self.order, hour__gte=first, hour__lt=last)
            return hours.order_by("hour").values_list("hour", "meter_id", "consumption").iterator(chunk_size=CHUNK)
        low, high = (bucket_key(Level.DAY, instant, self.zone) for instant in (first, last))
        if self.step is Step.DAY:
            days = DayRollup.objects.filter(meter_id__in=self.order, day__gte=low, day__lt=high)
            return days.order_by("day").values_list("day", "meter_id", "consumption").iterator(chunk_size=CHUNK)
        months = MonthRollup.objects.filter(meter_id__in=self.order, month__gte=low, month__lt=high)
        if self.step is Step.MONTH:
            return months.order_by("month").values_list("month", "meter_id", "consumption").iterator(chunk_size=CHUNK)
        years = months.annotate(year=TruncYear("month")).values("year", "meter_id").annotate(used=Sum("consumption"))
        return years.order_by("year").values_list("year", "meter_id", "used").iterator(chunk_size=CHUNK)

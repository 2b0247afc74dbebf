"""Consumption step by step: by local hour, day, month or year, in the order of time and without holding it all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from intellimeter.common.fields import from_millionths, to_millionths
from metering.consumption.columns import buckets
from metering.consumption.figures import StepFigures, StepUse
from metering.consumption.spans import DAYS, HOURS, MONTHS, YEARS, Level, bucket_key, whole
from metering.consumption.sums import Window, sums_of


class Step(StrEnum):
    """How long a step is."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_GRIDS = {Step.HOUR: HOURS, Step.DAY: DAYS, Step.MONTH: MONTHS, Step.YEAR: YEARS}
_LEVELS = {Step.HOUR: Level.HOUR, Step.DAY: Level.DAY, Step.MONTH: Level.MONTH, Step.YEAR: Level.MONTH}


def use_by_step(
    meter_ids: Sequence[int], start: datetime, end: datetime, step: Step | str, zone: ZoneInfo
) -> Iterator[StepUse]:
    """`figures_by_step`, a row for each meter and step."""
    for figures in figures_by_step(meter_ids, start, end, step, zone):
        for meter, millionths in zip(figures.meters, figures.millionths, strict=True):
            yield StepUse(figures.step, meter, from_millionths(millionths))


def figures_by_step(
    meter_ids: Sequence[int], start: datetime, end: datetime, step: Step | str, zone: ZoneInfo
) -> Iterator[StepFigures]:
    """The consumption of each meter in each step of (start, end], by step and then in the order of the ids.

    Steps that the range cuts count the part within it. A meter without a read in a step is left out of it, and so is a
    step of which no meter has one. Queries: one for each hundred thousand figures of whole steps, read from rollups, and
    one for a cut step at either end. The meters share the zone.
    """
    walk = _Walk(meter_ids, Step(step), zone)
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
    """Through the steps of some meters."""

    meters: Sequence[int]
    step: Step
    zone: ZoneInfo

    def cut_step(self, start: datetime, end: datetime) -> Iterator[StepFigures]:
        """(start, end], which lies within one step."""
        if start >= end:
            return
        begin = _GRIDS[self.step].begin(end, self.zone)
        label = begin if self.step is Step.HOUR else bucket_key(Level.DAY, begin, self.zone)
        found = sums_of([Window(meter, start, end, self.zone) for meter in self.meters])
        used = {
            meter: to_millionths(sums.consumption) for meter, sums in zip(self.meters, found, strict=True) if sums.reads
        }
        if used:
            yield StepFigures(label, list(used), list(used.values()))

    def whole_steps(self, first: datetime, last: datetime) -> Iterator[StepFigures]:
        """Steps that the range has in full."""
        found = buckets(_LEVELS[self.step], ("consumption",), self.meters, first, last, self.zone)
        figures = (StepFigures(bucket, meters, consumption) for bucket, meters, (consumption,) in found)
        return self._years(figures) if self.step is Step.YEAR else figures

    def _years(self, months: Iterable[StepFigures]) -> Iterator[StepFigures]:
        for year, parts in groupby(months, key=lambda month: month.step.year):
            used: dict[int, int] = defaultdict(int)
            for part in parts:
                for meter, millionths in zip(part.meters, part.millionths, strict=True):
                    used[meter] += millionths
            having = [meter for meter in self.meters if meter in used]
            yield StepFigures(date(year, 1, 1), having, [used[meter] for meter in having])

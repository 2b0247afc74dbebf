"""The three ways to ask for recent reads: by meter, by suite, by property (reference, Read; decisions, section 6).

Each takes properties that the asker may see and answers pairs of a property and a row, property by property, without
holding them all. `since` None asks for the newest alone, else for all reads at or after it, oldest first.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F, Q, QuerySet

from intellimeter.common.local_time import zone_of
from intellimeter.common.registry import Registry
from metering.consumption import registers_at
from metering.consumption.sums import Window, sums_of
from metering.models import LatestRead, Meter, Property, Read
from metering.recent.groups import ByProperty, BySuite, Grouping
from metering.recent.rows import GroupRow, MeterRow, Reading
from metering.recent.totals import newest_rows, rows_by_instant
from metering.selectors import assignments_of, meters_of

CHUNK = 5000
TICK = timedelta(microseconds=1)
FAR_AHEAD = timedelta(days=1)  # no read lies further in the future than ingest lets it: minutes
Row = MeterRow | GroupRow


class Question(ABC):
    """One way to ask. Making it reads the meters; what it answers is read when it is iterated."""

    def __init__(self, properties: QuerySet[Property], since: datetime | None, now: datetime):
        self.since, self.now = since, now
        self.properties = list(properties)
        self.meters: dict[int, list[Meter]] = defaultdict(list)
        for meter in meters_of(properties):
            self.meters[meter.property_id].append(meter)

    def __iter__(self) -> Iterator[tuple[Property, Row]]:
        newest = self._newest() if self.since is None else {}
        for property in self.properties:
            meters = self.meters[property.pk]
            rows = self.latest(property, meters, newest) if self.since is None else self.history(property, meters)
            for row in rows:
                yield property, row

    def within(self, most: int) -> bool:
        """Whether there are at most so many rows; mostly told from rollups alone."""
        return self.since is None or self._reads_since() <= most or self.count(most) <= most

    def count(self, most: int) -> int:
        """How many rows there are; at most one more than `most`."""
        return sum(1 for _row in self) if self.since is None else self.count_since(most)

    @abstractmethod
    def count_since(self, most: int) -> int:
        """The rows since then, counted up to one more than `most`."""

    @abstractmethod
    def latest(self, property: Property, meters: Sequence[Meter], newest: dict[int, LatestRead]) -> Iterable[Row]:
        """The rows of a property's newest reads."""

    @abstractmethod
    def history(self, property: Property, meters: Sequence[Meter]) -> Iterable[Row]:
        """The rows of a property since then."""

    def _newest(self) -> dict[int, LatestRead]:
        rows = LatestRead.objects.filter(meter__property__in=self.properties, time__isnull=False)
        return {row.meter_id: row for row in rows}

    def _reads_since(self) -> int:
        assert self.since is not None
        windows = [
            Window(meter.pk, self.since - TICK, self.now + FAR_AHEAD, zone_of(meter.property.timezone))
            for meters in self.meters.values()
            for meter in meters
        ]
        return sum(sums.reads for sums in sums_of(windows))

    def reads(self, meters: Iterable[Meter], *columns: str) -> Iterator[tuple[Any, ...]]:
        """These columns of the meters' reads since then in the order of time, a few rows at a time."""
        rows = Read.objects.filter(meter_id__in=[meter.pk for meter in meters], time__gte=self.since)
        return rows.order_by("time", "meter_id").values_list(*columns).iterator(chunk_size=CHUNK)


QUESTIONS: Registry[type[Question]] = Registry("way to ask for reads")


@QUESTIONS.register("meter")
class MeterReads(Question):
    """Each meter's own reads, at one instant in the order of the meters' names."""

    def count_since(self, most: int) -> int:
        meters = [meter.pk for meters in self.meters.values() for meter in meters]
        return Read.objects.filter(meter_id__in=meters, time__gte=self.since)[: most + 1].count()

    def latest(self, property: Property, meters: Sequence[Meter], newest: dict[int, LatestRead]) -> Iterator[MeterRow]:
        for meter in meters:
            if (read := newest.get(meter.pk)) and read.time:
                yield MeterRow(meter, read.time, read.register, read.interval, read.points)

    def history(self, property: Property, meters: Sequence[Meter]) -> Iterator[MeterRow]:
        places = {meter.pk: place for place, meter in enumerate(meters)}
        reads = self.reads(meters, "time", "meter_id", "register", "interval", "points")
        for time, batch in groupby(reads, key=itemgetter(0)):
            for place, figures in sorted(((places[meter], figures) for _, meter, *figures in batch), key=itemgetter(0)):
                yield MeterRow(meters[place], time, *figures)


class GroupReads(Question):
    """Sums over groups of meters."""

    @abstractmethod
    def grouping(self, property: Property, meters: Sequence[Meter]) -> Grouping:
        """Which meters make which group."""

    def latest(self, property: Property, meters: Sequence[Meter], newest: dict[int, LatestRead]) -> Iterator[GroupRow]:
        mine = {
            meter.pk: (read.time, read.chain_register, read.interval)
            for meter in meters
            if (read := newest.get(meter.pk)) and read.time
        }
        return newest_rows(mine, self.grouping(property, meters).now(), meters)

    def history(self, property: Property, meters: Sequence[Meter]) -> Iterator[GroupRow]:
        assert self.since is not None
        grouping = self.grouping(property, meters)
        meters = [meter for meter in meters if meter.pk in grouping.meters]
        before = registers_at([meter.pk for meter in meters], self.since - TICK)
        registers = {meter: at.register for meter, at in before.items()}
        reads = self.reads(meters, "meter_id", "time", "register", "interval", "flag")
        return rows_by_instant(map(Reading._make, reads), grouping, meters, registers)


@QUESTIONS.register("suite")
class SuiteReads(GroupReads):
    """The meters of each suite; of the past, those that served it then."""

    def __init__(self, properties: QuerySet[Property], since: datetime | None, now: datetime):
        super().__init__(properties, since, now)
        self.assignments = defaultdict(list)
        for row in assignments_of(properties).select_related("suite"):
            self.assignments[row.suite.property_id].append(row)

    def grouping(self, property: Property, meters: Sequence[Meter]) -> Grouping:
        return BySuite(self.assignments[property.pk])

    def count_since(self, most: int) -> int:
        served = Q(meter__assignments__suite__property__in=self.properties)
        begun = Q(meter__assignments__start=None) | Q(meter__assignments__start__lt=F("time"))
        lasting = Q(meter__assignments__end=None) | Q(meter__assignments__end__gte=F("time"))
        reads = Read.objects.filter(served, begun, lasting, time__gte=self.since)
        return reads.values("meter__assignments__suite", "time").distinct()[: most + 1].count()


@QUESTIONS.register("property")
class PropertyReads(GroupReads):
    """The meters whose sum is the property's consumption."""

    def grouping(self, property: Property, meters: Sequence[Meter]) -> Grouping:
        return ByProperty.of(meters)

    def count_since(self, most: int) -> int:
        counted = [meter for property in self.properties for meter in ByProperty.of(self.meters[property.pk]).members]
        reads = Read.objects.filter(meter_id__in=counted, time__gte=self.since)
        return reads.values("meter__property", "time").distinct()[: most + 1].count()

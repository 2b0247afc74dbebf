"""The hourly reads of the demo's meters, on from the newest that is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from intellimeter.common.local_time import HOUR, TICK, day_of, zone_of
from intellimeter.demo.buildings import DemoProperty
from intellimeter.demo.meters import THOUSAND, DemoMeter
from intellimeter.demo.shapes import hours_of
from metering.ingest import RawRow

LOSS_PER_CENT = 3


@dataclass
class Standing:
    """What a meter shows, in thousandths of its unit, and the newest read that is stored of it (None: there is none)."""

    register: int
    read: datetime | None
    begun: bool = False

    @property
    def text(self) -> str:
        return f"{self.register // THOUSAND}.{self.register % THOUSAND:03}"


@dataclass(frozen=True)
class Span:
    """The hours to read; `today` is the instant from which the meters' mishaps are counted back."""

    start: datetime
    today: datetime
    until: datetime

    def hours(self) -> Iterator[datetime]:
        """Each full hour from the start on, the last one not after `until`."""
        instant = self.start
        while instant <= self.until:
            yield instant
            instant += HOUR


def reads_of(property: DemoProperty, standings: Mapping[str, Standing], span: Span) -> Iterator[RawRow]:
    """Each meter's read at each hour of the span that its standing does not have behind it; in order of time."""
    zone = zone_of(property.timezone)
    columns = {
        utility: ("serial_number", "time_stamping", utility.unit) for utility in {m.utility for m in property.meters}
    }
    number = 0
    for day, hours in groupby(span.hours(), key=lambda instant: day_of(instant, zone)):
        used = _use(property, day)
        for instant in hours:
            stamp, hour = instant.isoformat(), (instant - TICK).astimezone(zone).hour
            for meter in property.meters:
                standing = standings[meter.serial_number]
                if standing.read is not None and standing.read >= instant:
                    continue
                shown = _pass_hour(meter, standing, used[meter.serial_number][hour], before=span.today - instant)
                if shown is not None:
                    number += 1
                    yield RawRow(number, columns[meter.utility], (meter.serial_number, stamp, shown))


def _pass_hour(meter: DemoMeter, standing: Standing, used: int, *, before: timedelta) -> str | None:
    """Let an hour's consumption run through the meter; what is read of it then, None where nobody could."""
    if meter.replaced == before:
        standing.register = 0
    elif standing.begun or standing.read is not None:
        standing.register += used
    standing.begun = True
    if meter.register_max is not None:
        standing.register %= meter.register_max * THOUSAND
    if meter.silent is not None and meter.silent[0] >= before >= meter.silent[1]:
        return None
    return "0.000" if meter.misread == before else standing.text


def _use(property: DemoProperty, day: date) -> dict[str, list[int]]:
    """What runs through each meter in each hour of the local day. A summing meter has its own and all of the others'."""
    used = {
        meter.serial_number: hours_of(meter.serial_number, meter.utility, meter.mean, day) for meter in property.meters
    }
    for meter in property.meters:
        if meter.sums:
            together = [sum(hour) for hour in zip(*(used[serial] for serial in meter.sums), strict=True)]
            own = used[meter.serial_number]
            used[meter.serial_number] = [
                common + behind * (100 + LOSS_PER_CENT) // 100 for common, behind in zip(own, together, strict=True)
            ]
    return used

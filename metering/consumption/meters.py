"""What meters used between two instants, and what their registers said."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from intellimeter.common.local_time import zone_of
from metering.consumption.figures import MeterUse, RegisterAt
from metering.consumption.registers import Moment, registers_of
from metering.consumption.sums import Window, sums_of
from metering.models import Meter


def meter_consumption(meter_ids: Iterable[int], start: datetime, end: datetime) -> dict[int, Decimal]:
    """The consumption of each meter in (start, end], by primary key. Two queries, however many meters or properties."""
    windows = [Window(meter, start, end, zone) for meter, zone in zones_of(meter_ids).items()]
    return {window.meter: sums.consumption for window, sums in zip(windows, sums_of(windows), strict=True)}


def meter_use(meter_ids: Iterable[int], start: datetime, end: datetime) -> dict[int, MeterUse]:
    """The same with the registers at both bounds and the number of reads. Three queries."""
    windows = [Window(meter, start, end, zone) for meter, zone in zones_of(meter_ids).items()]
    return {window.meter: use for window, use in zip(windows, uses_of(windows), strict=True)}


def registers_at(meter_ids: Iterable[int], instant: datetime) -> dict[int, RegisterAt]:
    """Each meter's last accepted register at or before the instant; meters without one are left out. Two queries."""
    moments = [Moment(meter, instant, zone) for meter, zone in zones_of(meter_ids).items()]
    found = zip(moments, registers_of(moments), strict=True)
    return {moment.meter: register for moment, register in found if register is not None}


def uses_of(windows: list[Window]) -> list[MeterUse]:
    """The use in each window, in their order. Two queries."""
    starts = [Moment(window.meter, window.start, window.zone) for window in windows]
    ends = [Moment(window.meter, window.end, window.zone) for window in windows]
    registers = registers_of(starts + ends)
    return [
        MeterUse(sums.consumption, sums.reads, sums.flagged, registers[place], registers[place + len(windows)])
        for place, sums in enumerate(sums_of(windows))
    ]


def zones_of(meter_ids: Iterable[int]) -> dict[int, ZoneInfo]:
    """The zone of each meter's property, in the order of the ids; ids that no meter has are left out."""
    wanted = list(meter_ids)
    names = dict(Meter.objects.filter(pk__in=wanted).order_by().values_list("pk", "property__timezone"))
    return {meter: zone_of(names[meter]) for meter in wanted if meter in names}

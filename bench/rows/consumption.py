"""Consumption of 50 meters over 30 days beside hand-written SQL, and over a year beside 30 days."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.models import Company
from bench.context import Context
from bench.results import Result, Work, median_times, milliseconds, say
from bench.sites import add_property, fill
from bench.yardsticks.consumption import consumption
from intellimeter.common.local_time import HOUR, day_start, zone_of
from metering.consumption import MeterUse, meter_use
from metering.models import Meter

METERS, YEAR, MONTH = 50, 365, 30
WARM_UP = 3


def measure(context: Context) -> list[Result]:
    company = Company.objects.create(name="Bench consumption")
    property = add_property(company, "BENCH-USE", METERS)
    step = timedelta(minutes=5) if context.scale >= 1 else HOUR
    say(f"A year of reads of {METERS} meters, one each {step} …")
    fill(
        property,
        range(METERS),
        context.end - timedelta(days=YEAR + 1),
        (YEAR + 1) * int(timedelta(days=1) / step),
        step,
    )
    context.settle_down()
    meters = list(Meter.objects.filter(property=property).values_list("pk", flat=True))
    end = context.end - timedelta(hours=2, minutes=20)
    month_start, year_start = end - timedelta(days=MONTH, hours=3), end - timedelta(days=YEAR - 1, hours=3)
    raw = context.raw_connection()
    bounds = _bounds(month_start, end, zone_of("America/Toronto"), postgresql=context.database == "postgresql")
    _agree(meter_use(meters, month_start, end), consumption(raw, meters, bounds))
    works = (
        Work(lambda _: meter_use(meters, month_start, end)),
        Work(lambda _: meter_use(meters, year_start, end)),
        Work(lambda _: consumption(raw, meters, bounds)),
    )
    median_times(WARM_UP, *works)
    month, year, bare = median_times(context.repeats, *works)
    raw.close()
    return [
        _result(context, "consumption of 50 meters over 30 days", "hand-written SQL", month, bare, 2),
        _result(context, "the same over a year", "over 30 days", year, month, 1.3),
    ]


def _result(context: Context, work: str, yardstick: str, ours: float, other: float, target: float) -> Result:
    texts = milliseconds(ours), milliseconds(other)
    return Result(work, yardstick, *texts, ours / other, target, False, context.database, context.scale)


def _agree(ours: dict[int, MeterUse], bare: list[tuple[int, ...]]) -> None:
    found = {meter: int(figure) for meter, figure, *_ in bare}
    if found != {meter: int(use.consumption * 1_000_000) for meter, use in ours.items()}:
        raise RuntimeError("The yardstick and we do not agree, so its time says nothing.")


def _bounds(start: datetime, end: datetime, zone: ZoneInfo, *, postgresql: bool) -> dict[str, str]:
    first_day, last_day = start.astimezone(zone).date() + timedelta(days=1), end.astimezone(zone).date()
    instants = {
        "start": start,
        "end": end,
        "first_midnight": day_start(first_day, zone),
        "last_midnight": day_start(last_day, zone),
    }
    offset = "+00" if postgresql else ""
    written = {name: f"{instant:%Y-%m-%d %H:%M:%S}{offset}" for name, instant in instants.items()}
    return written | {"first_day": str(first_day), "last_day": str(last_day)}

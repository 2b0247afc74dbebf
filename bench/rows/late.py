"""A meter's missing day, arriving late: into a full year of five-minute reads, and into a tenth of one."""

from datetime import timedelta

from accounts.models import Company
from bench.context import STEP, Context
from bench.results import Result, Work, median_times, milliseconds, say
from bench.sites import REGISTER_ONLY, add_property, register, serial_number, stamps
from metering.ingest import RawRow, ingest

DAY, YEAR, TENTH = 288, 365, 36


def measure(context: Context) -> list[Result]:
    company = Company.objects.create(name="Bench late")
    property = add_property(company, "BENCH-LATE", context.repeats * 2)
    year, tenth = range(context.repeats), range(context.repeats, context.repeats * 2)
    say("A year and a tenth of five-minute reads, each without a day …")
    missing = {}
    for meters, days in ((year, YEAR), (tenth, TENTH)):
        for number in meters:
            rows = _rows(context, property.job_number, number, days)
            gap = days // 2 * DAY
            missing[number] = rows[gap : gap + DAY]
            ingest(property=property, rows=rows[:gap] + rows[gap + DAY :])

    context.settle_down()

    def store(number: int) -> None:
        ingest(property=property, rows=missing[number])

    in_year, in_tenth = median_times(context.repeats, Work(lambda n: store(year[n])), Work(lambda n: store(tenth[n])))
    return [
        Result(
            "one meter's missing day arriving late into a full year",
            "the same into a tenth of it",
            milliseconds(in_year),
            milliseconds(in_tenth),
            in_year / in_tenth,
            1.3,
            False,
            context.database,
            context.scale,
        )
    ]


def _rows(context: Context, job_number: str, number: int, days: int) -> list[RawRow]:
    """The meter's five-minute reads of so many days."""
    serial = serial_number(job_number, number)
    start = context.end - timedelta(days=days) + STEP
    return [
        RawRow(step, REGISTER_ONLY, (serial, stamp, register(number, step)))
        for step, stamp in enumerate(stamps(start, days * DAY))
    ]

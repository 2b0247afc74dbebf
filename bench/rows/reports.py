"""Reports over HTTP beside bare scripts of the same rows, and a property of ten times the history beside one of a month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from accounts.models import Company
from bench.context import Context
from bench.results import Result, Work, median_times, milliseconds, say
from bench.server import Client, server
from bench.sites import add_application, add_property, fill
from bench.yardsticks import reports as bare
from intellimeter.common.local_time import HOUR
from metering.models import Property

DAY = timedelta(days=1)
MONTH, YEAR = 30, 365
XLSX_HOURS, YAML_DAYS = 100, 5
Run = Callable[[], object]


def measure(context: Context) -> list[Result]:
    """On PostgreSQL alone, which is what the targets are of. Meters are fewer on a small scale, days are not."""
    if context.database != "postgresql":
        return []
    meters = max(50, round(context.meters * min(1, context.scale)))
    company = Company.objects.create(name="Bench reports")
    young, old = (_filled(context, company, f"BENCH-REP-{days}", meters, days) for days in (MONTH + 3, YEAR + 3))
    client_id, secret = add_application(company, "report:reading:interval report:reading:period")
    context.settle_down()
    connection.close()
    last = context.end.date() - 2 * DAY
    with server() as client:
        client.sign_in(client_id, secret, "report:reading:*")
        asked = _Asked(client, context, young, last - (MONTH - 1) * DAY, last)
        return [
            *_beside_bare_scripts(asked, context.raw_connection(), meters),
            *_beside_less(asked, old, meters),
        ]


def _filled(context: Context, company: Company, job_number: str, meters: int, days: int) -> Property:
    say(f"{days} days of hourly reads of {meters:,} meters …")
    property = add_property(company, job_number, meters)
    fill(property, range(meters), context.end - days * DAY, days * 24, HOUR)
    return property


@dataclass(frozen=True)
class _Asked:
    """Whom and what is asked."""

    client: Client
    context: Context
    property: Property
    first: date
    last: date

    def report(self, name: str, *, property: Property | None = None, **query: Any) -> Run:
        """A call of the report, all of it read."""
        about = (property or self.property).public_id
        query = {"property": about, "ids": "all", "start": self.first, "end": self.last, **query}
        path = f"/api/v1/reports/{name}?{urlencode(query)}"
        return lambda: self.client.download(path)

    def compare(self, work: str, ours: Run, yardstick: str, other: Run, target: float) -> Result:
        ours()
        other()
        mine, its = median_times(self.context.repeats, Work(lambda _: ours()), Work(lambda _: other()))
        return Result(
            work, yardstick, milliseconds(mine), milliseconds(its), mine / its, target, False,
            self.context.database, self.context.scale,
        )  # fmt: skip


def _beside_bare_scripts(asked: _Asked, raw: Any, meters: int) -> list[Result]:
    bounds = asked.property.pk, str(asked.first), str(asked.last)
    by_hour = bare.copy_out(raw, bare.BY_HOUR, *bounds)
    if asked.report("interval", interval="hour", type="csv")() != by_hour + 1:
        raise RuntimeError("The yardstick and we do not agree, so its time says nothing.")
    results = [
        asked.compare(
            f"period-consumption of {meters:,} meters over 30 days, RAW over HTTP",
            asked.report("period-consumption"),
            "one hand-written SQL dumped with json",
            lambda: bare.period_as_json(raw, *bounds),
            2,
        ),
        asked.compare(
            f"interval by day as CSV, {meters * MONTH:,} rows",
            asked.report("interval", interval="day", type="csv"),
            "COPY of the same rows, unordered",
            lambda: bare.copy_out(raw, bare.BY_DAY, *bounds),
            4,
        ),
    ]
    for format, target in (("CSV", 4), ("TSV", 8), ("JSON", 8), ("XML", 8), ("MYSQL", 8)):
        results.append(
            asked.compare(
                f"interval by hour as {format}, {by_hour:,} rows",
                asked.report("interval", interval="hour", type=format),
                "COPY of the same rows, unordered",
                lambda: bare.copy_out(raw, bare.BY_HOUR, *bounds),
                target,
            )
        )
    return results + _beside_packages(asked, meters)


def _beside_packages(asked: _Asked, meters: int) -> list[Result]:
    by_day = list(bare.made_up_rows(meters * YAML_DAYS))
    begin = datetime.combine(asked.first, datetime.min.time())
    hours = {"start": begin.isoformat(), "end": (begin + XLSX_HOURS * HOUR).isoformat()}
    by_hour = list(bare.made_up_rows(meters * XLSX_HOURS))
    return [
        asked.compare(
            f"interval by day as YAML, {len(by_day):,} rows",
            asked.report("interval", interval="day", type="yaml", start=asked.last - (YAML_DAYS - 1) * DAY),
            "PyYAML's C emitter, rows at hand",
            lambda: bare.yaml_by_c_emitter(by_day),
            1,
        ),
        asked.compare(
            f"interval by hour as XLSX, {len(by_hour):,} rows",
            asked.report("interval", interval="hour", type="xlsx", **hours),
            "openpyxl write-only, rows at hand",
            lambda: bare.xlsx_write_only(by_hour),
            1.2,
        ),
    ]


def _beside_less(asked: _Asked, old: Property, meters: int) -> list[Result]:
    """A year beside a month, and a month out of a year's history beside one out of a month's."""
    month = asked.report("period-consumption", property=old)
    year = asked.report("period-consumption", property=old, start=asked.last - (YEAR - 1) * DAY)
    results = [asked.compare("period-consumption over a year", year, "over 30 days", month, 1.3)]
    for work, name, query in (
        ("period-consumption, RAW", "period-consumption", {}),
        ("interval by day as CSV", "interval", {"interval": "day", "type": "csv"}),
        ("interval by hour as CSV", "interval", {"interval": "hour", "type": "csv"}),
    ):
        results.append(
            asked.compare(
                f"{work}, of a property with a year's history",
                asked.report(name, property=old, **query),
                "with a month's",
                asked.report(name, **query),
                1.3,
            )
        )
    return results

"""The whole file by `manage.py ingest`, and the same file again."""

import subprocess
import sys
from pathlib import Path

from django.db import connection

from accounts.models import Company
from bench.context import Context
from bench.files import write_copy_file, write_csv
from bench.results import Result, Work, median_times, rate, say
from bench.sites import add_property
from bench.yardsticks.copy_rows import copy_rows, make_table
from metering.models import LatestRead, Property

JOB_NUMBER = "BENCH-INGEST"
TABLES = ("metering_read", "metering_hourrollup", "metering_dayrollup", "metering_monthrollup")


def measure(context: Context) -> list[Result]:
    property = loaded_property(context, load=False)
    file, bare = context.folder / "reads.csv", context.folder / "reads.copy"
    say(f"Writing {context.meters:,} meters x {context.days} days of five-minute reads …")
    rows = write_csv(file, JOB_NUMBER, meters=context.meters, days=context.days, end=context.end)
    write_copy_file(bare, meters=context.meters, days=context.days, end=context.end)

    raw = context.raw_connection()
    connection.close()
    yardstick, first, again = median_times(
        context.repeats,
        Work(lambda _: copy_rows(raw, context.database, bare), lambda _: make_table(raw, context.database)),
        Work(lambda _: _command(file), lambda _: _empty(property)),
        Work(lambda _: _command(file)),
    )
    make_table(raw, context.database)
    raw.close()
    for path in (file, bare):
        path.unlink()
    return [
        Result(
            f"bulk ingest of a file of {rows:,} rows by command",
            "COPY of the same rows into a bare keyed table" if context.database == "postgresql" else "bare INSERTs",
            rate(rows, first),
            rate(rows, yardstick),
            yardstick / first,
            0.2,
            True,
            context.database,
            context.scale,
        ),
        Result(
            "the whole file again, all duplicates",
            "the first row",
            rate(rows, again),
            rate(rows, first),
            first / again,
            1.5,
            True,
            context.database,
            context.scale,
        ),
    ]


def loaded_property(context: Context, *, load: bool = True) -> Property:
    """The property of 1,000 meters; with its file ingested, where that was not measured before."""
    if (known := Property.objects.filter(job_number=JOB_NUMBER).first()) is not None:
        return known
    property = add_property(Company.objects.create(name="Bench"), JOB_NUMBER, context.meters)
    if load:
        file = context.folder / "reads.csv"
        say("Ingesting the reads that are there before …")
        write_csv(file, JOB_NUMBER, meters=context.meters, days=context.days, end=context.end)
        connection.close()
        _command(file)
        file.unlink()
    return property


def _command(file: Path) -> None:
    command = [sys.executable, "manage.py", "ingest", "--property", JOB_NUMBER, str(file)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _empty(property: Property) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"TRUNCATE {table}" if connection.vendor == "postgresql" else f"DELETE FROM {table}")
    latest = LatestRead.objects.filter(meter__property=property)
    latest.update(time=None, chain_time=None, register=None, chain_register=None, chain_before=None, interval=None)
    connection.close()

"""Thirteen months of real meters: every month's consumption is what their registers differ by, reckoned from the file."""

import csv
import gzip
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from metering.consumption import meter_use, use_by_step
from metering.ingest import ingest_file
from tests.factories.metering import MeterFactory, PropertyFactory

pytestmark = pytest.mark.django_db

WINNIPEG = ZoneInfo("America/Winnipeg")


def registers_in(file):
    """Each serial number's instants and registers, in the order of time."""
    found = {}
    with gzip.open(file, "rt", newline="") as lines:
        for row in csv.DictReader(lines):
            register = Decimal(row["kwh"] or row["m3"])
            found.setdefault(row["serial_number"], []).append((datetime.fromisoformat(row["time_stamping"]), register))
    return {serial: sorted(reads) for serial, reads in found.items()}


def last_before(reads, bound):
    """The register of the last read up to and with the bound, or the first one there is."""
    return next((register for time, register in reversed(reads) if time <= bound), reads[0][1])


def test_each_month_of_each_meter_is_what_its_registers_differ_by(shared):
    file = shared / "data" / "real-house-meters.csv.gz"
    registers = registers_in(file)
    property = PropertyFactory(timezone="America/Winnipeg")
    meters = {
        serial: MeterFactory(
            property=property, serial_number=serial, name=serial, utility="E" if "-E-" in serial else "G"
        )
        for serial in registers
    }
    with file.open("rb") as stream:
        assert ingest_file(property=property, stream=stream, format="csv").rejected == []

    assert all(one[1] <= other[1] for reads in registers.values() for one, other in pairwise(reads))
    firsts = [datetime(2016 + month // 12, month % 12 + 1, 1, tzinfo=WINNIPEG) for month in range(11, 27)]
    expected, answered = {}, {}
    for start, end in pairwise(firsts):
        used = meter_use([meter.pk for meter in meters.values()], start, end)
        for serial, meter in meters.items():
            reads = registers[serial]
            expected[serial, start] = last_before(reads, end) - last_before(reads, start)
            answered[serial, start] = used[meter.pk].consumption
    assert answered == expected
    assert sum(expected.values()) == sum(reads[-1][1] - reads[0][1] for reads in registers.values())

    serials = {meter.pk: serial for serial, meter in meters.items()}
    for step in ("hour", "day", "month", "year"):
        totals = dict.fromkeys(registers, Decimal(0))
        for row in use_by_step(list(serials), firsts[0], firsts[-1] + timedelta(days=1), step, WINNIPEG):
            totals[serials[row.meter]] += row.consumption
        assert totals == {serial: reads[-1][1] - reads[0][1] for serial, reads in registers.items()}

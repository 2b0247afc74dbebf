"""What the tests of ingest share: meters by serial number, batches of reads, and all that follows from stored reads."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from metering.ingest import IngestResult, RawRow, ingest
from metering.models import DayRollup, HourRollup, LatestRead, Meter, MonthRollup, Property, Read
from tests.factories.metering import MeterFactory, PropertyFactory

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def property(db: None) -> Property:
    return PropertyFactory(timezone="America/Toronto")


@pytest.fixture
def meter(property: Property) -> Meter:
    return MeterFactory(property=property, serial_number="E-1")


def send(property: Property, *reads: dict[str, Any], replace: bool = False) -> IngestResult:
    """Ingest one batch of reads given as objects."""
    rows = [RawRow(number, tuple(read), list(read.values())) for number, read in enumerate(reads, start=1)]
    return ingest(property=property, rows=rows, replace=replace, now=NOW)


def read(time: str, kwh: object = None, serial: str = "E-1", **points: object) -> dict[str, Any]:
    """One read as a batch names its cells."""
    return {"serial_number": serial, "time_stamping": time, **({} if kwh is None else {"kwh": str(kwh)}), **points}


def chain(meter: Meter) -> list[tuple[str, Decimal | None, Decimal | None, int]]:
    """A meter's stored reads in order: UTC time, register, interval, flag."""
    rows = Read.objects.filter(meter=meter).order_by("time").values_list("time", "register", "interval", "flag")
    return [(f"{time:%m-%dT%H:%M}", *rest) for time, *rest in rows]


def state(meter: Meter) -> dict[str, list[Any]]:
    """All that ingest keeps of a meter."""
    bucket = ("consumption", "register", "register_time", "reads", "flagged")
    latest = [field.attname for field in LatestRead._meta.fields if field.name != "meter"]
    return {
        "reads": list(
            Read.objects.filter(meter=meter)
            .order_by("time")
            .values_list("time", "register", "interval", "flag", "points")
        ),
        "hours": list(HourRollup.objects.filter(meter=meter).order_by("hour").values_list("hour", *bucket)),
        "days": list(DayRollup.objects.filter(meter=meter).order_by("day").values_list("day", *bucket)),
        "months": list(
            MonthRollup.objects.filter(meter=meter)
            .order_by("month")
            .values_list("month", "consumption", "reads", "flagged")
        ),
        "latest": list(LatestRead.objects.filter(meter=meter).values_list(*latest)),
    }

"""The companies of the bench. Structure goes in by bulk, reads through ingest; neither is what is measured."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from accounts.models import Company, User
from accounts.services import create_application, create_user
from bench.context import STEP
from billing.enums import InvoiceType
from billing.models import Fee, Service
from intellimeter.common.public_ids import new_public_ids
from metering.enums import Utility
from metering.ingest import RawRow, ingest
from metering.models import LatestRead, Meter, MeterSuite, Property, Suite

COLUMNS = ("serial_number", "time_stamping", "kwh", "voltage_a", "voltage_b", "voltage_c")
REGISTER_ONLY = ("serial_number", "time_stamping", "kwh")


def add_application(company: Company, scopes: str) -> tuple[str, str]:
    """An application of the company's admin; its id and secret."""
    user = User.objects.filter(company=company).first() or create_user(
        company=company, password=None, email=f"{company.pk}@example.com", first_name="B", last_name="B", is_admin=True
    )
    application, secret = create_application(user=user, name="Bench", scopes=scopes)
    return application.client_id, secret


def add_property(company: Company, job_number: str, meters: int, *, services: bool = False) -> Property:
    """A property with so many suites, a meter in each; with services that bill them on the first of the month."""
    property = Property.objects.create(
        company=company, job_number=job_number, job_name=job_number, display_name=job_number, timezone="America/Toronto"
    )
    suites = Suite.objects.bulk_create(
        Suite(public_id=public_id, property=property, name=f"Suite {number}")
        for number, public_id in enumerate(new_public_ids(Suite, meters))
    )
    rows = Meter.objects.bulk_create(
        Meter(
            public_id=public_id,
            property=property,
            serial_number=serial_number(job_number, number),
            name=f"Meter {number}",
            utility=Utility.ELECTRICITY,
        )
        for number, public_id in enumerate(new_public_ids(Meter, meters))
    )
    LatestRead.objects.bulk_create(LatestRead(meter=meter) for meter in rows)
    MeterSuite.objects.bulk_create(
        MeterSuite(meter=meter, suite=suite) for meter, suite in zip(rows, suites, strict=True)
    )
    if services:
        Fee.objects.create(property=property, name="Admin Fee", value="6.26")
        Service.objects.bulk_create(
            Service(
                public_id=public_id,
                property=property,
                suite=suite,
                name=f"{suite.name} hydro",
                address="1 Main St.",
                invoice_type=InvoiceType.CONSUMPTION,
                day_of_month=1,
            )
            for suite, public_id in zip(suites, new_public_ids(Service, meters), strict=True)
        )
    return property


def serial_number(job_number: str, number: int) -> str:
    return f"{job_number}-{number:05}"


def register(number: int, step: int) -> str:
    """What meter `number` shows after so many steps: its own start and pace, never going back."""
    thousandths = (1_000 + number) * 1_000 + step * (40 + number % 50) + (step * 7_919 + number * 104_729) % 37
    return f"{thousandths // 1000}.{thousandths % 1000:03}"


def voltages(number: int, step: int) -> tuple[str, str, str]:
    swing = (step * 31 + number * 17) % 40
    return f"12{swing % 4}.{swing % 10}", f"12{(swing + 1) % 4}.{swing % 9}", f"12{(swing + 2) % 4}.{swing % 8}"


def stamps(start: datetime, count: int, step: timedelta = STEP) -> list[str]:
    return [(start + step * number).isoformat() for number in range(count)]


def register_rows(job_number: str, meters: range, start: datetime, count: int, step: timedelta) -> Iterator[RawRow]:
    """Reads of registers alone, in order of time."""
    row = 0
    for position, stamp in enumerate(stamps(start, count, step)):
        for number in meters:
            row += 1
            cells = (serial_number(job_number, number), stamp, register(number, position))
            yield RawRow(row, REGISTER_ONLY, cells)


def fill(property: Property, meters: range, start: datetime, count: int, step: timedelta) -> None:
    """Ingest that many registers of each of the meters."""
    ingest(property=property, rows=register_rows(property.job_number, meters, start, count, step))

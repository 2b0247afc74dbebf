"""One company with two properties, real reads and a real invoice; what the portal's pages are looked at with.

Maple Tower (Toronto) has suite 101 with a tenant, an electricity and a water meter, a fee and a service that billed March.
Harbour Court (St. John's) has a general meter. It is noon in Toronto on 15 April 2021.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from billing.issuing import issue_month
from billing.models import Invoice, Tenant
from metering.ingest import RawRow, ingest
from metering.models import Meter, Property, PropertyAccess
from tests.factories.accounts import AdminFactory, CompanyFactory, UserFactory
from tests.factories.billing import FeeFactory, ServiceFactory, TenantFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory

NOW = datetime(2021, 4, 15, 16, tzinfo=UTC)

ELECTRICITY = [
    ("2021-03-01T00:00:00", "60"),
    ("2021-04-01T00:00:00", "100"),
    ("2021-04-10T00:00:00", "130"),
    ("2021-04-12T00:00:00", "0"),
    ("2021-04-15T11:30:00", "1141.5"),
]
WATER = [("2021-04-01T00:00:00", "5"), ("2021-04-15T11:30:00", "6.25")]
GENERAL = [("2021-04-01T00:00:00", "700"), ("2021-04-15T13:15:00", "900.5")]


@dataclass(frozen=True)
class Site:
    tower: Property
    court: Property
    electricity: Meter
    water: Meter
    general: Meter
    tenant: Tenant
    invoice: Invoice
    admin: User
    clerk: User


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def site(db) -> Site:
    company = CompanyFactory(name="Maple Property Management", tax_number="12345 6789 RT0001")
    tower = PropertyFactory(company=company, display_name="Maple Tower", job_number="20-350-0001")
    court = PropertyFactory(
        company=company, display_name="Harbour Court", job_number="20-350-0002", timezone="America/St_Johns"
    )
    suite = SuiteFactory(property=tower, name="Suite 101")
    electricity = MeterFactory(suite=suite, name="Suite 101 Electricity", serial_number="MFX-101", floor="1", panel="A")
    water = MeterFactory(suite=suite, name="Suite 101 Water", serial_number="W-101", utility="W")
    general = MeterFactory(property=court, name="Main Electricity", serial_number="MFX-0", general=True)
    tenant = TenantFactory(
        suite=suite, first_name="Marie-Ève", last_name="Tremblay", email="marie@example.com", phone="416 555 0101"
    )
    FeeFactory(property=tower, name="Admin Fee", value=Decimal("6.26"))
    ServiceFactory(suite=suite, name="Suite 101 hydro")
    read(electricity, ELECTRICITY)
    read(water, WATER)
    read(general, GENERAL)
    (invoice,) = issue_month(property=tower, month=date(2021, 3, 1), now=datetime(2021, 4, 2, 12, tzinfo=UTC))
    clerk = UserFactory(company=company, all_properties=False, email="clerk@example.com")
    PropertyAccess.objects.create(user=clerk, property=court)
    admin = AdminFactory(company=company, email="manager@example.com", first_name="Mary", last_name="Singh")
    return Site(tower, court, electricity, water, general, tenant, invoice, admin, clerk)


def read(meter: Meter, reads: list[tuple[str, str]]) -> None:
    """Let the meter report registers at local times."""
    names = ("serial_number", "time_stamping", meter.units)
    rows = [RawRow(number, names, (meter.serial_number, *one)) for number, one in enumerate(reads, 1)]
    assert ingest(property=meter.property, rows=rows).rejected == []


def browser(user: User | None = None) -> Client:
    """A browser in which the user has signed in, or nobody."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def manager(site) -> Client:
    return browser(site.admin)

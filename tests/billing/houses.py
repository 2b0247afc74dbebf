"""A property whose suites consume known amounts, for the tests of billing."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from billing.models import Service
from intellimeter.common.local_time import day_start
from metering.models import Meter, Property, Suite
from tests.factories.billing import ServiceFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory
from tests.metering.feeding import feed

MARCH = date(2021, 3, 1)
APRIL = date(2021, 4, 1)
MAY = date(2021, 5, 1)
AFTER_MARCH = datetime(2021, 4, 1, 12, tzinfo=UTC)  # 08:00 in Toronto
REFERENCE = ("40.215", "35.5", "20.25")  # kWh of the tenants A, B and C of the reference's examples


def house(*uses: str, start: date = MARCH, end: date = APRIL, **values) -> tuple[Property, list[Suite]]:
    """A property and its suites, each with a meter of electricity that counts so many kWh from `start` to `end`."""
    property = PropertyFactory(**values)
    suites = [SuiteFactory(property=property, name=f"Suite {number}") for number in range(1, len(uses) + 1)]
    for suite, use in zip(suites, uses, strict=True):
        consume(MeterFactory(suite=suite, name=f"{suite.name} Electricity"), {start: "1000", end: use})
    return property, suites


def consume(meter: Meter, at: dict[date, str]) -> None:
    """Have the meter read at these local midnights: the first time its register, then what it counted since."""
    zone = ZoneInfo(meter.property.timezone)
    register = Decimal(0)
    reads = []
    for day, amount in at.items():
        register += Decimal(amount)
        reads.append((day_start(day, zone), register))
    feed({meter: reads})


def services_of(suites: list[Suite], **values) -> list[Service]:
    """A service for each suite, made in the middle of March."""
    values.setdefault("active_since", datetime(2021, 3, 15, tzinfo=UTC))
    return [ServiceFactory(suite=suite, name=f"{suite.name} hydro", **values) for suite in suites]

"""The demo's three properties: what they are like, and the document that provisions them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from billing.enums import InvoiceType
from intellimeter.demo.meters import THOUSAND, DemoMeter, suite_meters
from metering.enums import Utility

ELECTRICITY, WATER, GAS = Utility.ELECTRICITY, Utility.WATER, Utility.GAS


@dataclass(frozen=True, kw_only=True)
class DemoProperty:
    """One property; `rates` are its constants, `fees` dollars by name."""

    job_number: str
    name: str
    address: str
    timezone: str
    rates: Mapping[str, Any]
    fees: Mapping[str, float]
    suites: tuple[str, ...]
    meters: tuple[DemoMeter, ...]
    invoice_type: InvoiceType
    day_of_month: int


def _suites(floors: int, to_a_floor: int) -> tuple[str, ...]:
    return tuple(f"Suite {floor}{number:02}" for floor in range(1, floors + 1) for number in range(1, to_a_floor + 1))


def _harbour_lofts() -> DemoProperty:
    """Toronto: electricity is bought through one main meter and split. One meter was replaced, one misread once."""
    job_number, suites = "26-100-0001", _suites(4, 3)
    electricity = suite_meters(
        job_number,
        suites,
        ELECTRICITY,
        640,
        {"Suite 203": {"replaced": timedelta(days=118)}, "Suite 302": {"misread": timedelta(days=41, hours=5)}},
    )
    water = suite_meters(job_number, suites, WATER, 19, {})
    main = DemoMeter(
        serial_number=f"{job_number}-E-MAIN",
        name="Main Electricity",
        utility=ELECTRICITY,
        general=True,
        mean=1_900,
        first_register=412_000 * THOUSAND,
        sums=tuple(meter.serial_number for meter in electricity),
    )
    return DemoProperty(
        job_number=job_number,
        name="Harbour Lofts",
        address="480 Queens Quay W, Toronto ON M5V 2Y5",
        timezone="America/Toronto",
        rates={"price_per_electricity": 13.2, "price_per_water": 442.0, "tax_rate": 13, "days_to_pay": 30},
        fees={"Admin Fee": 6.25, "Meter Reading": 2.5},
        suites=suites,
        meters=(*electricity, *water, main),
        invoice_type=InvoiceType.SPLIT,
        day_of_month=1,
    )


def _signal_hill_row() -> DemoProperty:
    """St. John's, whose clock is half an hour off: all three utilities. One register of five digits rolled over."""
    job_number, suites = "26-100-0002", _suites(2, 3)
    rolls_over = {"register_max": 100_000, "first_register": 97_600 * THOUSAND}
    return DemoProperty(
        job_number=job_number,
        name="Signal Hill Row",
        address="15 Battery Rd, St. John's NL A1A 1A4",
        timezone="America/St_Johns",
        rates={
            "price_per_electricity": 14.8,
            "price_per_water": 310.0,
            "price_per_gas": 61.5,
            "tax_rate": 15,
            "days_to_pay": 21,
        },
        fees={"Admin Fee": 5.0},
        suites=suites,
        meters=(
            *suite_meters(job_number, suites, ELECTRICITY, 880, {"Suite 102": rolls_over}),
            *suite_meters(job_number, suites, WATER, 21, {}),
            *suite_meters(job_number, suites, GAS, 240, {}),
        ),
        invoice_type=InvoiceType.CONSUMPTION,
        day_of_month=1,
    )


def _cedar_court() -> DemoProperty:
    """Vancouver, billed in the middle of the month. One meter was silent for some days; one serves no suite."""
    job_number, suites = "26-100-0003", _suites(2, 4)
    silent = {"silent": (timedelta(days=66), timedelta(days=61, hours=7))}
    stairs = DemoMeter(
        serial_number=f"{job_number}-E-STAIRS",
        name="Stairs and Lift Electricity",
        utility=ELECTRICITY,
        mean=1_150,
        first_register=38_400 * THOUSAND,
    )
    return DemoProperty(
        job_number=job_number,
        name="Cedar Court",
        address="2210 W 4th Ave, Vancouver BC V6K 1N8",
        timezone="America/Vancouver",
        rates={"price_per_electricity": 11.4, "price_per_water": 285.0, "tax_rate": 5, "days_to_pay": 30},
        fees={"Admin Fee": 6.26},
        suites=suites,
        meters=(
            *suite_meters(job_number, suites, ELECTRICITY, 590, {"Suite 104": silent}),
            *suite_meters(job_number, suites, WATER, 17, {}),
            stairs,
        ),
        invoice_type=InvoiceType.CONSUMPTION,
        day_of_month=15,
    )


PROPERTIES = (_harbour_lofts(), _signal_hill_row(), _cedar_court())

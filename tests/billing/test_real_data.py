"""A month's invoices of real meters against a reckoning straight from the file's registers, to the cent."""

import csv
import gzip
import io
import random
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest

from billing.enums import InvoiceType
from billing.issuing import issue_property
from billing.models import Invoice
from metering.ingest import ingest_file
from tests.factories.billing import FeeFactory, ServiceFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory

pytestmark = pytest.mark.django_db

FILE = "data/real-house-meters.csv.gz"
# March 2017 in Winnipeg: its clocks change on the 12th.
START, END = datetime(2017, 3, 1, 6, tzinfo=UTC), datetime(2017, 4, 1, 5, tzinfo=UTC)
RATES = {"E": Fraction(13), "G": Fraction("42.5")}
FEES = Fraction("10.58")
TAX = Fraction("5.5")


@pytest.fixture(scope="module")
def lines(shared):
    """The header, and the rows from the end of February to the beginning of April."""
    with gzip.open(shared / FILE, "rt") as file:
        header, *rows = file.read().splitlines()
    return header, [row for row in rows if "2017-02-27T" < row.split(",")[6] < "2017-04-03T"]


def cents(amount: Fraction) -> Fraction:
    """Half up to the cent."""
    return Fraction(floor(amount * 100 + Fraction(1, 2)), 100)


def used_by(lines) -> dict[str, dict[str, Fraction]]:
    """By suite and utility: the register at the month's end less the one at its start, from the file's text."""
    registers: dict[tuple[str, str], dict[datetime, Fraction]] = defaultdict(dict)
    for row in csv.DictReader([lines[0], *lines[1]]):
        time = datetime.fromisoformat(row["time_stamping"])
        registers[row["suite"], row["utility"]][time] = Fraction(row["kwh"] or row["m3"])
    found: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for (suite, utility), reads in registers.items():
        first, last = (reads[max(time for time in reads if time <= bound)] for bound in (START, END))
        found[suite][utility] = last - first
    return found


def shares(amount: Fraction, use: dict[str, Fraction], first: str) -> dict[str, Fraction]:
    """The largest remainder by hand, for two suites; `first` is the one with the lower id."""
    quotas = {suite: amount * part / sum(use.values()) for suite, part in use.items()}
    down = {suite: Fraction(floor(quota * 100), 100) for suite, quota in quotas.items()}
    rest = {suite: quotas[suite] - down[suite] for suite in use}
    lucky = max(use, key=lambda suite: (rest[suite], suite == first))
    return {suite: down[suite] + (amount - sum(down.values()) if suite == lucky else 0) for suite in use}


def expected_totals(invoice_type: str, use: dict[str, dict[str, Fraction]], first: str) -> dict[str, Decimal]:
    subtotals = dict.fromkeys(use, FEES)
    for utility, rate in RATES.items():
        each = {suite: used[utility] for suite, used in use.items()}
        if invoice_type == InvoiceType.CONSUMPTION:
            amounts = {suite: cents(quantity * rate / 100) for suite, quantity in each.items()}
        elif invoice_type == InvoiceType.SPLIT:
            amounts = shares(cents(sum(each.values()) * rate / 100), each, first)
        else:
            amounts = dict.fromkeys(each, Fraction(0))
        for suite, amount in amounts.items():
            subtotals[suite] += amount
    totals = {suite: subtotal + cents(subtotal * TAX / 100) for suite, subtotal in subtotals.items()}
    return {suite: Decimal(int(total * 100)) / 100 for suite, total in totals.items()}


@pytest.fixture
def property():
    property = PropertyFactory(job_number="20-350-REAL", timezone="America/Winnipeg")
    property.constants.price_per_gas = Decimal("42.5")
    property.constants.tax_rate = Decimal("5.5")
    property.constants.save()
    FeeFactory(property=property, value=Decimal("6.26"))
    FeeFactory(property=property, value=Decimal("4.32"))
    for number in (1, 2):
        suite = SuiteFactory(property=property, name=f"Suite {number}")
        for utility, name in (("E", "Electricity"), ("G", "Gas")):
            MeterFactory(
                suite=suite,
                utility=utility,
                name=f"{suite.name} {name}",
                serial_number=f"20-350-REAL-{utility}-0{number}",
            )
    return property


def ingest(property, header: str, rows: list[str]) -> None:
    content = "\n".join([header, *rows]).encode()
    result = ingest_file(property=property, stream=io.BytesIO(content), format="csv")
    assert (result.rejected, result.conflicts) == ([], 0)


def mixed(rows: list[str]) -> list[list[str]]:
    """The rows shuffled, doubled and cut into pieces."""
    doubled = rows * 2
    random.Random(2017).shuffle(doubled)
    return [doubled[place::3] for place in range(3)]


@pytest.mark.parametrize("invoice_type", InvoiceType.values)
def test_a_months_invoices_equal_a_reckoning_from_the_file(lines, property, invoice_type):
    header, rows = lines
    ingest(property, header, rows)
    for suite in property.suites.all():
        ServiceFactory(suite=suite, invoice_type=invoice_type)

    issue_property(property=property, now=datetime(2017, 6, 1, tzinfo=UTC), on=date(2017, 4, 1))

    first = property.suites.order_by("public_id").first().name
    totals = dict(Invoice.objects.values_list("suite_name", "total"))
    assert totals == expected_totals(invoice_type, used_by(lines), first)


def test_shuffled_doubled_and_cut_reads_give_the_same_invoices(lines, property):
    header, rows = lines
    for piece in mixed(rows):
        ingest(property, header, piece)
    for suite in property.suites.all():
        ServiceFactory(suite=suite)

    issue_property(property=property, now=datetime(2017, 6, 1, tzinfo=UTC), on=date(2017, 4, 1))

    totals = dict(Invoice.objects.values_list("suite_name", "total"))
    assert totals == expected_totals(InvoiceType.CONSUMPTION, used_by(lines), "")

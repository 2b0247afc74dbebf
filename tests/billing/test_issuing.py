"""Issuing a property's invoices (decisions, section 7)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.enums import InvoiceType
from billing.issuing import issue_month, issue_property
from billing.models import Invoice, InvoiceLine, InvoiceMail, Service
from metering.models import MeterSuite, Suite
from tests.billing.houses import AFTER_MARCH, APRIL, MARCH, REFERENCE, consume, house, services_of
from tests.factories.billing import FeeFactory, TenantFactory
from tests.factories.metering import MeterFactory

D = Decimal
pytestmark = pytest.mark.django_db


def amounts(invoices: list[Invoice]) -> dict[str, Decimal]:
    return {invoice.suite.name: invoice.total for invoice in invoices}


@pytest.mark.parametrize(
    ("invoice_type", "expected"),
    [
        (InvoiceType.CONSUMPTION, {"Suite 1": "12.98", "Suite 2": "12.29", "Suite 3": "10.05"}),
        (InvoiceType.SPLIT, {"Suite 1": "12.98", "Suite 2": "12.29", "Suite 3": "10.05"}),
        (InvoiceType.FLAT, {"Suite 1": "7.07", "Suite 2": "7.07", "Suite 3": "7.07"}),
    ],
)
def test_each_type_of_invoice_adds_fees_and_tax(invoice_type, expected):
    property, suites = house(*REFERENCE)
    FeeFactory(property=property, name="Admin Fee", value=D("6.26"))
    FeeFactory(property=property, name="Old Fee", value=D("99.00"), active=False)
    services_of(suites, invoice_type=invoice_type)

    invoices = issue_property(property=property, now=AFTER_MARCH)

    # (5.23 + 6.26) × 1.13 = 12.9837, (4.62 + 6.26) × 1.13 = 12.2944, (2.63 + 6.26) × 1.13 = 10.0457
    assert amounts(invoices) == {suite: D(total) for suite, total in expected.items()}


def test_an_invoice_copies_all_that_it_rests_on():
    property, [suite] = house("40.215")
    property.constants.invoice_from = "Maple Management"
    property.constants.save()
    property.company.tax_number = "123456789 RT0001"
    property.company.save()
    TenantFactory(suite=suite, email="ada@example.com", first_name="Ada", last_name="Byron", address="101 Main St.")
    FeeFactory(property=property, name="Admin Fee", value=D("6.26"))
    [service] = services_of([suite], address="101-123 Main St.")

    [issued] = issue_property(property=property, now=AFTER_MARCH)

    invoice = Invoice.objects.get()
    assert invoice == issued
    shown = {
        name: getattr(invoice, name)
        for name in [
            "company_id", "property_id", "suite_id", "service_id", "service_reference", "number", "filename",
            "invoice_type", "period_start", "period_end", "created", "due", "subtotal", "tax_rate", "tax", "total",
            "email_sent", "paid", "company_name", "tax_number", "invoice_from", "property_name", "property_address",
            "timezone", "suite_name", "service_name", "service_address", "recipients",
        ]
    }  # fmt: skip
    assert shown == {
        "company_id": property.company_id,
        "property_id": property.pk,
        "suite_id": suite.pk,
        "service_id": service.pk,
        "service_reference": service.public_id,
        "number": 1,
        "filename": f"invoice-1-{invoice.public_id}.odt",
        "invoice_type": "General Consumption Price",
        "period_start": MARCH,
        "period_end": APRIL,
        "created": AFTER_MARCH,
        "due": date(2021, 5, 1),
        "subtotal": D("11.49"),
        "tax_rate": D(13),
        "tax": D("1.49"),
        "total": D("12.98"),
        "email_sent": None,
        "paid": None,
        "company_name": property.company.name,
        "tax_number": "123456789 RT0001",
        "invoice_from": "Maple Management",
        "property_name": property.display_name,
        "property_address": "123 Main St.",
        "timezone": "America/Toronto",
        "suite_name": "Suite 1",
        "service_name": "Suite 1 hydro",
        "service_address": "101-123 Main St.",
        "recipients": [{"name": "Ada Byron", "email": "ada@example.com", "address": "101 Main St."}],
    }
    serial = property.meters.get().serial_number
    assert list(invoice.lines.values("position", "kind", "description", "utility", "quantity", "rate", "amount", "basis")) == [
        {
            "position": 1,
            "kind": "utility",
            "description": "Electricity",
            "utility": "E",
            "quantity": D("40.215"),
            "rate": D(13),
            "amount": D("5.23"),
            "basis": [
                {
                    "name": "Suite 1 Electricity",
                    "serial_number": serial,
                    "start": "2021-03-01T00:00:00",
                    "end": "2021-04-01T00:00:00",
                    "start_register": "1000.000000",
                    "start_time": "2021-03-01T00:00:00",
                    "end_register": "1040.215000",
                    "end_time": "2021-04-01T00:00:00",
                    "consumption": "40.215000",
                    "reads": 1,
                    "flagged": 0,
                }
            ],
        },
        {
            "position": 2,
            "kind": "fee",
            "description": "Admin Fee",
            "utility": "",
            "quantity": None,
            "rate": None,
            "amount": D("6.26"),
            "basis": [],
        },
    ]  # fmt: skip
    assert list(InvoiceMail.objects.values_list("invoice_id", "email", "name", "status", "attempts")) == [
        (invoice.pk, "ada@example.com", "Ada Byron", "waiting", 0)
    ]


def test_a_split_line_keeps_share_and_total_of_the_property():
    property, suites = house(*REFERENCE)
    services_of(suites[:1], invoice_type=InvoiceType.SPLIT)

    issue_property(property=property, now=AFTER_MARCH)

    line = InvoiceLine.objects.get()
    assert (line.quantity, line.amount, line.total_quantity, line.total_amount, line.share) == (
        D("40.215"),
        D("5.23"),
        D("95.965"),
        D("12.48"),
        D("0.419059031939"),
    )


def test_a_split_is_of_the_general_meter_where_there_is_one():
    property, suites = house("60", "40")
    consume(MeterFactory(property=property, general=True), {MARCH: "1000", APRIL: "110"})
    services_of(suites, invoice_type=InvoiceType.SPLIT)

    issue_property(property=property, now=AFTER_MARCH)

    assert list(InvoiceLine.objects.order_by("pk").values_list("amount", "total_quantity")) == [
        (D("8.58"), D(110)),
        (D("5.72"), D(110)),
    ]


def test_an_invoice_shows_the_last_thirteen_months_of_the_suite():
    property, [suite] = house("40", start=date(2021, 2, 1), end=MARCH)
    consume(property.meters.get(), {APRIL: "1100"})
    services_of([suite])

    [invoice] = issue_property(property=property, now=AFTER_MARCH)

    assert [month["month"] for month in invoice.usage] == [
        "2020-03", "2020-04", "2020-05", "2020-06", "2020-07", "2020-08", "2020-09",
        "2020-10", "2020-11", "2020-12", "2021-01", "2021-02", "2021-03",
    ]  # fmt: skip
    assert invoice.usage[-2:] == [
        {"month": "2021-02", "use": {"E": "40.000000"}},
        {"month": "2021-03", "use": {"E": "60.000000"}},
    ]


def test_what_changes_later_leaves_an_invoice_alone():
    property, [suite] = house("40.215")
    services_of([suite])
    [before] = issue_property(property=property, now=AFTER_MARCH)

    Suite.objects.update(name="Penthouse")
    Service.objects.update(name="Other", address="Elsewhere")
    property.constants.price_per_electricity = D(99)
    property.constants.save()

    [after] = issue_month(property=property, month=MARCH, now=AFTER_MARCH)
    assert (after.pk, after.suite_name, after.service_name, after.service_address, after.total) == (
        before.pk,
        "Suite 1",
        "Suite 1 hydro",
        "101-123 Main St.",
        before.total,
    )


def test_a_repeat_issues_nothing():
    property, suites = house("40.215", "35.5")
    services_of(suites)

    first = issue_property(property=property, now=AFTER_MARCH)
    second = issue_property(property=property, now=AFTER_MARCH)

    assert (len(first), second, Invoice.objects.count(), InvoiceMail.objects.count()) == (2, [], 2, 0)


def test_numbers_are_gapless_per_company_across_properties():
    one, suites = house("1", "2")
    services_of(suites)
    other, suites = house("3", company=one.company)
    services_of(suites)
    strangers, suites = house("4")
    services_of(suites)

    numbers = [
        [invoice.number for invoice in issue_property(property=property, now=AFTER_MARCH)]
        for property in (one, other, strangers)
    ]

    assert numbers == [[1, 2], [3], [1]]


def test_a_suite_that_consumed_nothing_gets_an_invoice_without_that_line():
    property, [suite] = house("0")
    services_of([suite])

    [invoice] = issue_property(property=property, now=AFTER_MARCH)

    assert (invoice.total, invoice.lines.count()) == (D("0.00"), 0)


def test_tenants_with_the_same_address_for_mail_get_one_message():
    property, [suite] = house("1")
    TenantFactory(suite=suite, email="home@example.com")
    TenantFactory(suite=suite, email="HOME@example.com")
    TenantFactory(suite=suite, email="other@example.com")
    services_of([suite])

    issue_property(property=property, now=AFTER_MARCH)

    assert sorted(InvoiceMail.objects.values_list("email", flat=True)) == ["home@example.com", "other@example.com"]


def test_a_meter_that_moved_counts_for_each_suite_in_its_time():
    property, [first, second] = house("0", "0")
    meter = MeterFactory(property=property)
    moved = datetime(2021, 3, 16, 4, tzinfo=UTC)
    MeterSuite.objects.create(meter=meter, suite=first, end=moved)
    MeterSuite.objects.create(meter=meter, suite=second, start=moved)
    consume(meter, {MARCH: "0", date(2021, 3, 16): "100", APRIL: "50"})
    services_of([first, second])

    issue_property(property=property, now=AFTER_MARCH)

    lines = InvoiceLine.objects.order_by("amount")
    assert [(line.invoice.suite.name, line.amount, line.basis[0]["start"], line.basis[0]["end"]) for line in lines] == [
        ("Suite 2", D("6.50"), "2021-03-16T00:00:00", "2021-04-01T00:00:00"),
        ("Suite 1", D("13.00"), "2021-03-01T00:00:00", "2021-03-16T00:00:00"),
    ]


def test_many_suites_take_as_many_queries_as_few():
    counts = []
    for suites in (2, 12):
        property, found = house(*["10"] * suites)
        for suite in found:
            TenantFactory(suite=suite)
        services_of(found, invoice_type=InvoiceType.SPLIT)
        with CaptureQueriesContext(connection) as queries:
            assert len(issue_property(property=property, now=AFTER_MARCH)) == suites
        counts.append(len(queries))

    assert counts[0] == counts[1]

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from billing.documents.content import LineText, MeterText, content_of
from intellimeter.common.documents.charts import Bar
from tests.billing.documents.builder import build_invoice, fee_line, meter, metered_line, split_line

pytestmark = pytest.mark.django_db


def test_content_says_who_what_and_when():
    content = content_of(build_invoice(tenants=2))

    assert (content.number, content.issued, content.due) == ("1042", "April 1, 2021", "May 1, 2021")
    assert (content.period, content.period_start, content.period_end) == (
        "March 1 to 31, 2021",
        "March 1, 2021",
        "March 31, 2021",
    )
    assert (content.company, content.sender) == ("Maple Property Management", "Maple Property Management")
    assert (content.property, content.property_address) == ("Maple Tower", "123 Main St., Toronto ON")
    assert content.tax_number == "12345 6789 RT0001"
    assert content.tenants == "John Smith\nAnne Smith"
    assert (content.suite, content.service) == ("Suite 101", "Suite 101 hydro")
    assert content.service_address == "101-123 Main St., Toronto ON"


def test_content_adds_up():
    content = content_of(build_invoice())

    assert [line.amount for line in content.lines] == ["$40.21", "$6.26"]
    assert (content.subtotal, content.tax_rate, content.tax, content.total) == ("$46.47", "13%", "$6.04", "$52.51")


def test_content_is_of_the_snapshot_whatever_became_of_its_sources():
    invoice = build_invoice()
    before = content_of(invoice)

    invoice.company.name = invoice.property.display_name = invoice.suite.name = "Renamed"
    invoice.company.tax_number = "0"
    for row in (invoice.company, invoice.property, invoice.suite):
        row.save()
    invoice.refresh_from_db()

    assert content_of(invoice) == before


def test_content_is_issued_on_the_local_day_of_the_property():
    invoice = build_invoice(created=datetime(2021, 4, 2, 2, 0, tzinfo=UTC), timezone="America/St_Johns")

    assert content_of(invoice).issued == "April 1, 2021"


def test_content_without_tenants_still_addresses_somebody():
    assert content_of(build_invoice(tenants=0)).tenants == "The tenant"


def test_content_is_signed_by_the_company_where_no_sender_is_set():
    assert content_of(build_invoice(invoice_from="")).sender == "Maple Property Management"


def test_metered_line_can_be_checked_by_hand():
    (line,) = content_of(build_invoice(metered_line())).lines

    assert line == LineText(
        description="Electricity",
        calculation="309.345 kWh × 13 ¢/kWh",
        quantity="309.345 kWh",
        rate="13 ¢/kWh",
        amount="$40.21",
    )


def test_split_line_can_be_checked_by_hand():
    content = content_of(build_invoice(split_line()))

    assert content.lines[0].calculation.splitlines() == [
        "Whole property: 95.875 kWh × 13 ¢/kWh = $12.46",
        "Your suite used 40.215 kWh, 41.95% of what all suites used",
        "$12.46 × 41.95%",
    ]
    assert content.notes.startswith("Shares are rounded so that the amounts")


def test_split_line_of_what_no_suite_used_is_shared_equally():
    line = split_line(quantity=Decimal(0), share=Decimal("0.333333333333"), amount=Decimal("4.15"), basis=[])

    assert content_of(build_invoice(line)).lines[0].calculation.splitlines()[1:] == [
        "No suite used any: shared equally, 33.33% each",
        "$12.46 × 33.33%",
    ]


def test_fee_line_is_flat():
    (line,) = content_of(build_invoice(fee_line())).lines

    assert line == LineText(description="Admin Fee", calculation="Flat fee", quantity="", rate="", amount="$6.26")


def test_meters_have_registers_and_their_instants():
    content = content_of(build_invoice())

    assert content.meters == (
        MeterText(
            utility="Electricity",
            name="Suite 101 Electricity",
            serial_number="20-350-0001-MFX-1-Meter-01",
            start_time="2021-03-01 00:00",
            start_register="24,001.500",
            end_time="2021-04-01 00:00",
            end_register="24,310.845",
            consumption="309.345",
            unit="kWh",
        ),
    )
    assert content.notes == ""


def test_meter_without_reads_says_so():
    silent = meter(
        start_register=None, start_time=None, end_register=None, end_time=None, consumption="0.000000", reads=0
    )

    (row,) = content_of(build_invoice(metered_line(basis=[silent]))).meters

    assert (row.start_time, row.start_register, row.end_time, row.end_register, row.consumption) == (
        "no read yet",
        "–",
        "no read yet",
        "–",
        "0",
    )


def test_usage_has_one_chart_per_utility_used():
    months = [
        {"month": "2020-12", "use": {"E": "10.5", "W": "0.000000"}},
        {"month": "2021-01", "use": {"W": "0.000000"}},
        {"month": "2021-02", "use": {"E": "0.000000"}},
    ]

    (chart,) = content_of(build_invoice(usage=months)).usage

    assert (chart.title, chart.unit) == ("Electricity", "kWh")
    assert chart.bars == (
        Bar("Dec\n2020", Decimal("10.5")),
        Bar("Jan\n2021", None),
        Bar("Feb", Decimal(0), strong=True),
    )


def test_content_reads_lines_once(django_assert_num_queries):
    invoice = build_invoice()

    with django_assert_num_queries(1):
        content_of(invoice)


def test_period_across_a_year_names_both():
    invoice = build_invoice(period_start=date(2020, 12, 15), period_end=date(2021, 1, 15))

    assert content_of(invoice).period == "December 15, 2020 to January 14, 2021"

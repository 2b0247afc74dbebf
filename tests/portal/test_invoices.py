import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from billing.enums import MailStatus
from billing.models import Invoice, InvoiceMail
from billing.portal_selectors import billed_months
from tests.factories.billing import InvoiceFactory, ServiceFactory
from tests.factories.metering import PropertyFactory, SuiteFactory
from tests.portal.conftest import browser
from tests.portal.pages import document, headings, table, text

MARCH = "1 Mar 2021 – 31 Mar 2021"


@pytest.fixture
def invoices(site):
    """Three more of Harbour Court: 101 paid, 102 late, 103 of February; `site.invoice` is open and not yet due."""
    suite = SuiteFactory(property=site.court, name="Unit A")
    paid = InvoiceFactory(
        service=ServiceFactory(suite=suite, name="Unit A power"),
        number=101,
        total=Decimal("20.00"),
        due=date(2021, 4, 1),
        paid=datetime(2021, 4, 3, tzinfo=UTC),
        email_sent=datetime(2021, 4, 1, 12, tzinfo=UTC),
        created=datetime(2021, 4, 1, 12, tzinfo=UTC),
        recipients=[{"name": "Bo", "email": "bo@example.com", "address": ""}],
    )
    late = InvoiceFactory(
        service=ServiceFactory(suite=suite, name="=Formula"),
        number=102,
        total=Decimal("5.50"),
        due=date(2021, 4, 14),
        created=datetime(2021, 4, 1, 12, tzinfo=UTC),
    )
    february = InvoiceFactory(
        service=ServiceFactory(suite=suite, name="Unit A heating"),
        number=103,
        total=Decimal("1000.00"),
        due=date(2021, 4, 30),
        period_start=date(2021, 2, 1),
        period_end=date(2021, 3, 1),
        created=datetime(2021, 4, 1, 12, tzinfo=UTC),
        recipients=[{"name": "Bo", "email": "bo@example.com", "address": ""}],
    )
    InvoiceMail.objects.create(invoice=paid, email="bo@example.com", name="Bo Olsen", status=MailStatus.SENT)
    InvoiceMail.objects.create(invoice=february, email="bo@example.com", name="Bo Olsen", last_error="451 later")
    return {"open": site.invoice, "paid": paid, "late": late, "february": february}


def listed(client, query="") -> list[str]:
    page = document(client.get(f"/invoices{query}"))
    return [row[0] for row in table(page, "Invoices")] if page.xpath("//table") else []


def test_invoices_are_listed_with_their_state_and_mail(site, invoices):
    page = document(browser(site.admin).get("/invoices"))

    assert table(page, "Invoices") == [
        [
            "#103",
            "Harbour Court",
            "Unit A",
            "1 Feb 2021 – 28 Feb 2021",
            "30 Apr 2021",
            "$1,000.00",
            "Unpaid",
            "failing",
        ],
        ["#102", "Harbour Court", "Unit A", MARCH, "14 Apr 2021", "$5.50", "Late", "nobody to mail"],
        ["#101", "Harbour Court", "Unit A", MARCH, "1 Apr 2021", "$20.00", "Paid", "sent"],
        ["#1", "Maple Tower", "Suite 101", MARCH, "2 May 2021", "$12.95", "Unpaid", "waiting"],
    ]
    assert text(page.xpath("//*[@role='status']")[0]) == "4 invoices · $1,038.45 in all · $1,018.45 unpaid"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state=paid", ["#101"]),
        ("?state=late", ["#102"]),
        ("?state=unpaid", ["#103", "#102", "#1"]),
        ("?month=2021-02", ["#103"]),
        ("?month=2021-03", ["#102", "#101", "#1"]),
        ("?q=%23101", ["#101"]),
        ("?q=101", ["#101", "#1"]),  # a number, and a suite's name
        ("?q=unit+power", ["#101"]),
        ("?q=BO+olsen", ["#103", "#101"]),
        ("?q=marie@example", ["#1"]),
        ("?q=99999999999999999999", []),
        ("?q=nobody", []),
        ("?state=late&month=2021-02", []),
        ("?sort=total", ["#102", "#1", "#101", "#103"]),
        ("?sort=-due", ["#1", "#103", "#102", "#101"]),
        ("?sort=property", ["#101", "#102", "#103", "#1"]),
        ("?sort=-suite", ["#103", "#102", "#101", "#1"]),
        ("?sort=period", ["#103", "#1", "#101", "#102"]),
        ("?sort=password", ["#103", "#102", "#101", "#1"]),
        ("?sort=--number", ["#103", "#102", "#101", "#1"]),
    ],
)
def test_invoices_filtered_and_sorted(site, invoices, query, expected):
    assert listed(browser(site.admin), query) == expected


def test_invoices_of_one_property(site, invoices):
    assert listed(browser(site.admin), f"?property={site.tower.public_id}") == ["#1"]


def test_totals_are_those_of_the_filtered_invoices(site, invoices):
    page = document(browser(site.admin).get("/invoices?state=late"))

    assert text(page.xpath("//*[@role='status']")[0]) == "1 invoice · $5.50 in all · $5.50 unpaid"


@pytest.mark.parametrize("withheld", ["another company's", "not given"])
def test_filter_by_a_property_withheld_is_an_error_beside_the_field(site, invoices, withheld):
    client = browser(site.clerk if withheld == "not given" else site.admin)
    foreign = site.tower if withheld == "not given" else PropertyFactory()

    page = document(client.get(f"/invoices?property={foreign.public_id}"))

    assert page.xpath("//table") == []
    (field,) = page.xpath("//select[@name='property']")
    assert text(page.xpath("//*[@id=$id]", id=field.get("aria-describedby"))[0]) == (
        "Select a valid choice. That choice is not one of the available choices."
    )
    assert foreign.display_name not in text(page)


def test_filter_keeps_what_was_chosen(site, invoices):
    page = document(browser(site.admin).get(f"/invoices?property={site.court.public_id}&state=late&q=unit&sort=-total"))

    assert page.xpath("//form[@role='search']//option[@selected][@value!='']/@value") == [
        site.court.public_id,
        "late",
        "-total",
    ]
    assert page.xpath("//form[@role='search']//input[@name='q']/@value") == ["unit"]


def test_heading_of_the_sorted_column_says_so_and_turns_it_round(site, invoices):
    page = document(browser(site.admin).get("/invoices?sort=total&state=unpaid"))
    (heading,) = page.xpath("//th[@aria-sort]")

    assert (text(heading), heading.get("aria-sort")) == ("Total", "ascending")
    assert heading.xpath("a/@href") == ["?sort=-total&state=unpaid"]


def test_invoices_are_paged_with_their_filters(site):
    service = ServiceFactory(suite=SuiteFactory(property=site.court))
    for number in range(60):
        start = date(2010 + number // 12, number % 12 + 1, 1)
        end = date(2010 + (number + 1) // 12, (number + 1) % 12 + 1, 1)
        InvoiceFactory(service=service, number=200 + number, period_start=start, period_end=end)
    client = browser(site.admin)
    query = f"?property={site.court.public_id}"

    first = document(client.get(f"/invoices{query}"))

    assert [row[0] for row in table(first, "Invoices")] == [f"#{number}" for number in range(259, 209, -1)]
    assert first.xpath("//a[@rel='next']/@href") == [f"/invoices{query}&page=2"]
    assert listed(client, f"{query}&page=2") == [f"#{number}" for number in range(209, 199, -1)]


def test_page_that_is_not_there_is_not_found(site):
    assert browser(site.admin).get("/invoices?page=9").status_code == 404


def test_no_invoice_fits(site):
    page = document(browser(site.admin).get("/invoices?q=nobody"))

    assert text(page.xpath("//*[@role='status']")[0]) == "No invoice fits these filters. Show all"


def test_company_without_invoices_is_told_what_comes_first(site):
    Invoice.objects.all().delete()

    assert headings(document(browser(site.admin).get("/invoices"))) == ["Invoices", "No invoice yet"]


def test_months_to_choose_from_are_those_billed(site, invoices):
    assert billed_months(site.admin) == [date(2021, 3, 1), date(2021, 2, 1)]


def test_csv_has_all_filtered_invoices_as_plain_cells(site, invoices):
    response = browser(site.admin).get(f"/invoices.csv?property={site.court.public_id}&month=2021-03&sort=number")

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="invoices.csv"'
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode(), newline="")))
    assert rows == [
        {
            "number": "101",
            "id": invoices["paid"].public_id,
            "property": "Harbour Court",
            "suite": "Unit A",
            "service": "Unit A power",
            "first_day": "2021-03-01",
            "last_day": "2021-03-31",
            "created": "2021-04-01T09:30:00",
            "due": "2021-04-01",
            "state": "paid",
            "subtotal": "100.00",
            "tax": "13.00",
            "total": "20.00",
            "paid": "2021-04-02T21:30:00",
            "email_sent": "2021-04-01T09:30:00",
            "filename": invoices["paid"].filename,
        },
        {
            "number": "102",
            "id": invoices["late"].public_id,
            "property": "Harbour Court",
            "suite": "Unit A",
            "service": "'=Formula",
            "first_day": "2021-03-01",
            "last_day": "2021-03-31",
            "created": "2021-04-01T09:30:00",
            "due": "2021-04-14",
            "state": "late",
            "subtotal": "100.00",
            "tax": "13.00",
            "total": "5.50",
            "paid": "",
            "email_sent": "",
            "filename": invoices["late"].filename,
        },
    ]


def test_xlsx_has_the_same_rows_as_typed_cells(site, invoices):
    response = browser(site.admin).get(f"/invoices.xlsx?property={site.court.public_id}&month=2021-03&sort=number")

    assert response.headers["Content-Disposition"] == 'attachment; filename="invoices.xlsx"'
    head, first, second = load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
    row = dict(zip(head, first, strict=True))
    assert (row["number"], row["suite"], row["total"], row["state"]) == (101, "Unit A", 20, "paid")
    assert [row[name].isoformat() for name in ("due", "paid")] == ["2021-04-01T00:00:00", "2021-04-02T21:30:00"]
    assert dict(zip(head, second, strict=True))["service"] == "=Formula"
    cell = load_workbook(io.BytesIO(response.content)).active.cell(3, head.index("service") + 1)
    assert cell.data_type == "s"


def test_links_to_files_keep_the_filters(site, invoices):
    page = document(browser(site.admin).get("/invoices?state=late&page=1"))

    assert page.xpath("//a[@download]/@href") == [
        "/invoices.csv?state=late",
        "/invoices.xlsx?state=late",
    ]
    assert page.xpath("//form[contains(@action, 'zip')]/@action") == ["/invoices/zip?state=late"]


def test_invoices_take_as_many_queries_for_many_rows(site, invoices, django_assert_num_queries):
    client = browser(site.admin)
    client.get("/invoices")
    with django_assert_num_queries(9):
        client.get("/invoices")
    for number in range(10):
        InvoiceFactory(service=ServiceFactory(suite=SuiteFactory(property=site.court)), number=300 + number)

    with django_assert_num_queries(9):
        client.get("/invoices")

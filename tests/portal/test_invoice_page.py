from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine

from billing.enums import MailStatus
from billing.models import Invoice, InvoiceLine, Service
from tests.portal.conftest import browser
from tests.portal.pages import document, headings, table, text, tiles


def page_of(site):
    return document(browser(site.admin).get(f"/invoices/{site.invoice.public_id}"))


def totals(page) -> list[list[str]]:
    return [[text(cell) for cell in row.xpath("th|td")] for row in page.xpath("//tfoot/tr")]


def test_invoice_page_begins_with_what_is_owed_and_when(site):
    page = page_of(site)

    assert headings(page)[0] == f"Invoice {site.invoice.number} Unpaid"
    assert text(page.xpath("//main//p[@class='sub']")[0]) == "Suite 101 · Maple Tower · 1 Mar 2021 – 31 Mar 2021"
    assert tiles(page) == {
        "Total": ("$12.95", "General Consumption Price"),
        "Due": ("2 May 2021", "issued 2 Apr 2021, 08:00"),
        "Paid": ("not yet", ""),
        "Mailed": ("not yet", "see the recipients"),
    }


def test_invoice_page_shows_what_each_line_rests_on(site):
    page = page_of(site)

    assert table(page, "Lines of the invoice") == [
        [
            "Electricity Suite 101 Electricity (MFX-101)"
            " Start 60 kWh 1 Mar 2021, 00:00 End 100 kWh 1 Apr 2021, 00:00 Used 40 kWh",
            "40 kWh",
            "13 ¢/kWh",
            "$5.20",
        ],
        ["Admin Fee", "", "", "$6.26"],
    ]
    assert totals(page) == [
        ["Subtotal", "$11.46"],
        ["Tax, 13 % 12345 6789 RT0001", "$1.49"],
        ["Total", "$12.95"],
    ]


def test_invoice_page_shows_share_and_total_of_a_split(site):
    InvoiceLine.objects.filter(invoice=site.invoice, utility="E").update(
        share=Decimal("0.125"), total_amount=Decimal("41.60"), total_quantity=Decimal(320)
    )

    (line, _fee) = table(page_of(site), "Lines of the invoice")

    assert line[0].endswith("12.50% of the property's $41.60 for 320 kWh")


def test_invoice_page_says_when_it_is_late(site):
    with time_machine.travel(datetime(2021, 5, 4, tzinfo=UTC), tick=False):
        page = page_of(site)

    assert headings(page)[0].endswith("Late")
    assert tiles(page)["Paid"] == ("not yet", "past its due date")


def test_invoice_page_says_when_it_was_paid(site):
    Invoice.objects.filter(pk=site.invoice.pk).update(paid=datetime(2021, 4, 14, 2, tzinfo=UTC))
    page = page_of(site)

    assert headings(page)[0].endswith("Paid")
    assert tiles(page)["Paid"] == ("13 Apr 2021, 22:00", "")


def test_invoice_page_shows_mail_that_failed(site):
    site.invoice.mails.update(
        attempts=3, last_error="451 try later <soon>", next_attempt=datetime(2021, 4, 15, 17, 30, tzinfo=UTC)
    )

    assert table(page_of(site), "Messages to tenants") == [
        [
            "Marie-Ève Tremblay marie@example.com",
            "failed, will be tried again",
            "3",
            "15 Apr 2021, 13:30",
            "451 try later <soon>",
        ]
    ]


def test_invoice_page_shows_mail_that_was_sent(site):
    sent = datetime(2021, 4, 2, 12, 1, tzinfo=UTC)
    site.invoice.mails.update(status=MailStatus.SENT, attempts=1, sent=sent)

    assert table(page_of(site), "Messages to tenants") == [
        ["Marie-Ève Tremblay marie@example.com", "sent 2 Apr 2021, 08:01", "1", "–", "–"]
    ]


def test_invoice_page_without_recipients_says_what_to_do(site):
    site.invoice.mails.all().delete()

    assert text(page_of(site).xpath("//p[@class='empty-note']")[0]) == (
        "Nobody was bound to the suite when this invoice was issued, so it was mailed to nobody."
        " Download the PDF to hand it over."
    )


def test_invoice_page_stands_after_its_service_is_deleted(site):
    Service.objects.all().delete()

    assert "Suite 101 hydro (deleted since)" in text(page_of(site))


def test_invoice_page_draws_the_suite_s_months(site):
    Invoice.objects.filter(pk=site.invoice.pk).update(
        usage=[
            {"month": "2021-01", "use": {}},
            {"month": "2021-02", "use": {"E": "20.000000"}},
            {"month": "2021-03", "use": {"E": "40.000000", "W": "0"}},
        ]
    )
    page = page_of(site)

    assert table(page, "Consumption by month") == [
        ["Jan 2021", "–"],
        ["Feb 2021", "20.000 kWh"],
        ["Mar 2021", "40.000 kWh"],
    ]
    assert page.xpath("//svg/rect/@height")[-2:] == ["60.00", "120.00"]


@pytest.mark.parametrize(
    ("kind", "media_type", "magic"),
    [("pdf", "application/pdf", b"%PDF-"), ("odt", "application/vnd.oasis.opendocument.text", b"PK\x03\x04")],
)
def test_document_is_downloaded(site, kind, media_type, magic):
    response = browser(site.admin).get(f"/invoices/{site.invoice.public_id}/{kind}")

    assert response.headers["Content-Type"] == media_type
    name = site.invoice.filename.replace(".odt", f".{kind}")
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert b"".join(response.streaming_content).startswith(magic)


@pytest.mark.parametrize("kind", ["docx", "PDF", "..", "odt.pdf"])
def test_document_of_another_kind_is_not_found(site, kind):
    assert browser(site.admin).get(f"/invoices/{site.invoice.public_id}/{kind}").status_code == 404


def test_invoice_page_takes_seven_queries(site, django_assert_num_queries):
    client = browser(site.admin)
    client.get("/")
    with django_assert_num_queries(7):
        client.get(f"/invoices/{site.invoice.public_id}")

import io
import re

import pytest
from pypdf import PdfReader

from billing.documents.content import content_of
from billing.documents.pdf import invoice_pdf
from tests.billing.documents.builder import build_invoice, fee_line, meter, metered_line, split_line, usage

pytestmark = pytest.mark.django_db


def _pages(invoice):
    reader = PdfReader(io.BytesIO(invoice_pdf(content_of(invoice))))
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def test_pdf_prints_every_figure_that_the_sum_rests_on():
    (page,) = _pages(build_invoice(split_line(), fee_line(), usage=usage("E", "W", "G")))

    for text in (
        "Maple Property Management",
        "Maple Tower",
        "123 Main St., Toronto ON",
        "HST no. 12345 6789 RT0001",
        "John Smith",
        "Suite 101",
        "101-123 Main St., Toronto ON",
        "Invoice 1042",
        "April 1, 2021",
        "March 1 to 31, 2021",
        "May 1, 2021",
        "Whole property: 95.875 kWh × 13 ¢/kWh = $12.46",
        "Your suite used 40.215 kWh, 41.95% of what all suites used",
        "$5.23",
        "Admin Fee Flat fee $6.26",
        "20-350-0001-MFX-1-Meter-01 2021-03-01 00:00 100.000 2021-04-01 00:00 140.215 40.215 kWh",
        "Subtotal $11.49",
        "Tax (HST), 13% of $11.49 $1.49",
        "Total $12.98",
        "Please pay $12.98 to Maple Property Management by May 1, 2021, and name invoice 1042 and Suite 101",
        "Electricity (kWh)",
        "Water (m³)",
        "Gas (m³)",
        "Page 1 of 1",
    ):
        assert text in page


def test_pdf_of_one_fee_has_no_empty_tables():
    (page,) = _pages(build_invoice(fee_line(), usage=[], tenants=0, tax_number=""))

    assert "Register" not in page
    assert "HST no." not in page
    assert "month by month" not in page
    assert "The tenant" in page


def test_pdf_of_forty_lines_repeats_heads_and_counts_pages():
    lines = [metered_line(description=f"Electricity {n}", basis=[meter(name=f"Meter {n}")]) for n in range(40)]

    pages = _pages(build_invoice(*lines))

    assert len(pages) > 2
    assert all(page.endswith(f"Page {n} of {len(pages)}") for n, page in enumerate(pages, 1))
    for page in pages:
        assert ("309.345 kWh × 13 ¢/kWh" in page) == ("Charge How it adds up Amount" in page)
        assert ("2021-04-01 00:00" in page) == ("Read at the end" in page)
    text = " ".join(pages)
    assert all(f"Electricity {n} 309.345 kWh" in text and f"Meter {n} 20-350" in text for n in range(40))


def test_pdf_escapes_names_and_keeps_long_ones_whole():
    name = "Smith <b> & Sons " * 9
    page = " ".join(_pages(build_invoice(invoice_from=name.strip(), suite_name="S" * 120)))

    assert name.strip() in page
    assert "S" * 120 in page.replace(" ", "")


def test_pdf_of_the_same_invoice_is_the_same_file():
    content = content_of(build_invoice())

    assert invoice_pdf(content) == invoice_pdf(content)

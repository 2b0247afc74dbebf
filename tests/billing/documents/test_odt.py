import io
import shutil
import subprocess
import zipfile

import pytest
from lxml import etree
from odf import teletype
from odf.opendocument import load
from odf.table import Table, TableHeaderRows, TableRow
from pypdf import PdfReader

from billing.documents.content import InvoiceContent, LineText, MeterText, content_of
from billing.documents.default_template import default_template
from billing.documents.odt import invoice_odt
from intellimeter.common.documents.odt import OdtTemplate
from tests.billing.documents.builder import build_invoice, fee_line, metered_line, split_line, usage
from tests.conftest import skip_unless_ci

pytestmark = pytest.mark.django_db


def _made(invoice):
    return load(io.BytesIO(invoice_odt(content_of(invoice))))


def _tables(document):
    """The texts of the tables' cells, by name, row by row."""
    return {
        table.getAttribute("name"): [
            [teletype.extractText(cell) for cell in row.childNodes] for row in table.getElementsByType(TableRow)
        ]
        for table in document.text.getElementsByType(Table)
    }


def test_odt_prints_every_figure_that_the_sum_rests_on():
    tables = _tables(_made(build_invoice(split_line(), fee_line())))

    assert tables["Charges"] == [
        ["Charge", "How it adds up", "Amount"],
        [
            "Electricity",
            "Whole property: 95.875 kWh × 13 ¢/kWh = $12.46\n"
            "Your suite used 40.215 kWh, 41.95% of what all suites used\n$12.46 × 41.95%",
            "$5.23",
        ],
        ["Admin Fee", "Flat fee", "$6.26"],
    ]
    assert tables["Sums"] == [["Subtotal", "$11.49"], ["Tax (HST), 13% of $11.49", "$1.49"], ["Total", "$12.98"]]
    assert tables["Meters"][1:] == [
        [
            "Suite 101 Electricity",
            "20-350-0001-MFX-1-Meter-01",
            "2021-03-01 00:00",
            "100.000",
            "2021-04-01 00:00",
            "140.215",
            "40.215 kWh",
        ]
    ]
    assert tables["Parties"] == [
        [
            "FromMaple Property ManagementMaple Tower123 Main St., Toronto ONHST no. 12345 6789 RT0001",
            "Bill toJohn SmithSuite 101101-123 Main St., Toronto ON",
            "Invoice number\t1042Issued\tApril 1, 2021Service\tSuite 101 hydroPeriod\tMarch 1 to 31, 2021"
            "Due\tMay 1, 2021Amount due\t$12.98",
        ]
    ]
    assert tables["Pay"] == [
        [
            "How to payPlease pay $12.98 to Maple Property Management by May 1, 2021, and name invoice 1042 and "
            "Suite 101 with your payment, so that it is counted as yours."
        ]
    ]


def test_odt_of_one_fee_has_no_empty_tables():
    document = _made(build_invoice(fee_line(), usage=[], tax_number=""))

    assert "Meters" not in _tables(document)
    assert "HST no." not in teletype.extractText(document.text)
    assert "month by month" not in teletype.extractText(document.text)


def test_odt_repeats_the_heads_of_long_tables():
    document = _made(build_invoice(*(metered_line(description=f"Line {n}") for n in range(40))))

    tables = {table.getAttribute("name"): table for table in document.text.getElementsByType(Table)}
    assert len(tables["Charges"].getElementsByType(TableRow)) == 41
    assert len(tables["Meters"].getElementsByType(TableRow)) == 41
    assert len(tables["Meters"].getElementsByType(TableHeaderRows)) == 1


def test_odt_has_a_picture_of_each_utility():
    odt = invoice_odt(content_of(build_invoice(usage=usage("E", "G"))))

    with zipfile.ZipFile(io.BytesIO(odt)) as package:
        pictures = [name for name in package.namelist() if name.startswith("Pictures/")]
        assert pictures == ["Pictures/usage-electricity.svg", "Pictures/usage-gas.svg"]
        assert [etree.fromstring(package.read(name)).get("aria-label") for name in pictures] == [
            "Electricity, kWh",
            "Gas, m³",
        ]


def test_odt_of_the_same_invoice_is_the_same_file():
    content = content_of(build_invoice())

    assert invoice_odt(content) == invoice_odt(content)


def test_default_template_asks_for_nothing_that_invoices_lack():
    known = {*InvoiceContent.__dataclass_fields__, "usage_charts"}
    known |= {f"line.{name}" for name in LineText.__dataclass_fields__}
    known |= {f"meter.{name}" for name in MeterText.__dataclass_fields__}

    assert OdtTemplate(default_template()).placeholders <= known


def test_odt_opens_in_libreoffice(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        skip_unless_ci("LibreOffice is not installed; nothing of the product needs it.")
    source, profile = tmp_path / "invoice.odt", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    source.write_bytes(invoice_odt(content_of(build_invoice())))

    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )

    text = PdfReader(tmp_path / "invoice.pdf").pages[0].extract_text()
    assert "Page 1 of 1" in text
    assert "$52.51" in text

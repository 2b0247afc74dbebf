"""What a manager does with invoices each month: finds them, notes payments, opens them, issues what is missing."""

import io
import zipfile

from pypdf import PdfReader

from billing.enums import MailStatus
from billing.models import Invoice, InvoiceMail
from tests.browser.conftest import Portal
from tests.factories.billing import InvoiceFactory, ServiceFactory, TenantFactory
from tests.factories.metering import SuiteFactory
from tests.portal.conftest import Site


def test_payment_is_noted_and_the_pdf_opened(portal: Portal, site: Site) -> None:
    InvoiceFactory(service=ServiceFactory(suite=SuiteFactory(property=site.court, name="Unit A")), number=201)
    portal.sign_in(site.admin.email)
    page = portal.open("/invoices")
    page.get_by_label("Property").select_option(label="Maple Tower")
    page.get_by_role("status").filter(has_text="1 invoice · $12.95 in all").wait_for()
    page.get_by_label("Search").fill("tremblay")
    page.wait_for_url("**q=tremblay**")
    portal.check("invoices-filtered")
    page.get_by_label("Invoice 1", exact=True).check()
    page.wait_for_timeout(1000)  # to leave the search's field asks for nothing again, which would take the tick away
    assert page.get_by_label("Invoice 1", exact=True).is_checked()
    page.get_by_role("button", name="Mark the ticked ones as paid").click()
    page.get_by_text("This is final").wait_for()
    portal.check("invoices-paid")
    page.get_by_role("button", name="Yes, mark 1 invoice as paid").click()
    page.get_by_text("1 invoice is paid.").wait_for()
    assert page.get_by_label("Search").input_value() == "tremblay"
    assert list(Invoice.objects.exclude(paid=None).values_list("number", flat=True)) == [1]

    page.get_by_role("link", name="#1", exact=True).click()
    page.get_by_role("heading", name="Invoice 1 Paid").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert download.value.suggested_filename == site.invoice.filename.replace(".odt", ".pdf")
    assert "$12.95" in PdfReader(io.BytesIO(download.value.path().read_bytes())).pages[0].extract_text()
    page.go_back()
    page.get_by_role("status").filter(has_text="1 invoice · $12.95 in all").wait_for()


def test_missing_invoice_is_looked_at_issued_and_mailed(portal: Portal, site: Site) -> None:
    suite = SuiteFactory(property=site.tower, name="Suite 102")
    TenantFactory(suite=suite, first_name="Jean", last_name="Roy", email="jean@example.com")
    ServiceFactory(suite=suite, name="102 fees", invoice_type="Customized Price")
    portal.sign_in(site.admin.email)
    page = portal.open(f"/properties/{site.tower.public_id}/generate")
    row = page.get_by_role("row").filter(has_text="Suite 102")
    assert [" ".join(cell.split()) for cell in row.get_by_role("cell").all_text_contents()] == [
        "102 fees", "1 Mar 2021 – 31 Mar 2021", "Admin Fee $6.26", "$6.26", "$0.81 13 %", "$7.07", "Jean Roy",
    ]  # fmt: skip
    assert Invoice.objects.count() == 1
    page.get_by_role("button", name="Issue 1 invoice · $7.07").click()
    page.get_by_text("1 invoice is issued.").wait_for()
    page.get_by_role("link", name="#2", exact=True).click()
    mail = page.get_by_role("row").filter(has_text="jean@example.com")
    mail.get_by_text("sent").wait_for()
    portal.check("invoice-mailed")
    assert InvoiceMail.objects.get(email="jean@example.com").status == MailStatus.SENT


def test_pdfs_are_zipped_and_downloaded(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open("/invoices?state=unpaid")
    page.get_by_role("button", name="PDFs as zip").click()
    page.get_by_role("heading", name="Ready").wait_for()
    portal.check("invoices-zip")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the zip").click()
    assert zipfile.ZipFile(download.value.path()).namelist() == [site.invoice.filename.replace(".odt", ".pdf")]

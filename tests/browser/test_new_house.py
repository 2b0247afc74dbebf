"""A house that was just taken over: from its first suite to an invoice in its tenant's mailbox, all of it in the portal."""

from datetime import date
from decimal import Decimal

from billing.models import Invoice
from metering.models import Property
from tests.billing.mail.conftest import Sink, places, server  # noqa: F401 - fixtures: a real mail server, and folders
from tests.browser.conftest import Portal
from tests.factories.metering import MeterFactory, PropertyFactory
from tests.portal.conftest import Site

READS = "serial_number,time_stamping,kwh\nNEW-1,2021-03-01 00:00:00,500\nNEW-1,2021-04-01 00:00:00,600\n"


def test_new_house_is_set_up_and_its_first_invoice_mailed(portal: Portal, site: Site, server: Sink) -> None:  # noqa: F811
    house = PropertyFactory(company=site.admin.company, display_name="Elm House", job_number="21-1")
    MeterFactory(property=house, name="Flat 1 Electricity", serial_number="NEW-1")
    portal.sign_in(site.admin.email)
    portal.open(f"/properties/{house.public_id}")
    portal.check("new-house")
    give_reads(portal)
    set_up_billing(portal, house)
    issue_march(portal, house)

    invoice = Invoice.objects.get(property=house)
    assert (invoice.period_start, invoice.subtotal, invoice.tax, invoice.total) == (
        date(2021, 3, 1),
        Decimal("38.00"),
        Decimal("4.94"),
        Decimal("42.94"),
    )  # 100 kWh × 13 ¢, and $25; 13 % tax
    ((_, recipients, message),) = server.taken
    assert recipients == ["jean@example.com"]
    attached = [part.get_content_type() for part in message.iter_attachments()]
    assert attached == ["application/vnd.oasis.opendocument.text", "application/pdf"]


def give_reads(portal: Portal) -> None:
    page = portal.page
    page.get_by_role("link", name="Import reads").click()
    page.get_by_label("File").set_input_files({"name": "march.csv", "mimeType": "text/csv", "buffer": READS.encode()})
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Store the reads").click()
    page.get_by_role("heading", name="Stored").wait_for()


def set_up_billing(portal: Portal, house: Property) -> None:
    """A suite with its meter, a tenant in it, a fee, and a service that bills it."""
    address = f"/properties/{house.public_id}"
    page = portal.open(address)
    page.get_by_role("link", name="Add the first suite").click()
    page.get_by_label("Name").fill("Flat 1")
    page.get_by_role("button", name="Save").click()
    page = portal.open(address)
    page.get_by_role("link", name="Flat 1 Electricity").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Suite").select_option(label="Flat 1")
    page.get_by_role("button", name="Save").click()
    page = portal.open(address)
    page.get_by_role("link", name="Add the first tenant").click()
    for label, typed in {
        "First name": "Jean",
        "Last name": "Roy",
        "Email": "jean@example.com",
        "Address": "1 Elm",
    }.items():
        page.get_by_label(label).fill(typed)
    page.get_by_label("Flat 1").check()
    page.get_by_role("button", name="Save").click()
    page = portal.open(address)
    page.get_by_role("link", name="Set up billing").first.click()
    page.get_by_role("link", name="New fee").click()
    page.get_by_label("Name").fill("Administration")
    page.get_by_label("Amount, $ an invoice").fill("25")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add the first service").click()
    page.get_by_label("Name").fill("Flat 1 hydro")
    page.get_by_label("Suite", exact=True).select_option(label="Flat 1")
    page.get_by_label("Invoice type").select_option(label="General Consumption Price")
    page.get_by_label("Day of the month").fill("1")
    page.get_by_label("Service address").fill("1 Elm St, Toronto")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The service is added.").wait_for()
    portal.check("new-house-billing")


def issue_march(portal: Portal, house: Property) -> None:
    page = portal.open(f"/properties/{house.public_id}/billing")
    page.get_by_role("link", name="Issue invoices").click()
    page.get_by_role("heading", name="Issue invoices").wait_for()
    page.get_by_label("Periods that end in").select_option(label="March 2021")
    page.get_by_text("$42.94").first.wait_for()
    page.get_by_role("button", name="Issue 1 invoice").click()
    page.get_by_text("1 invoice is issued.").wait_for()
    page.get_by_role("link", name="#2").click()
    page.get_by_text("jean@example.com").first.wait_for()
    portal.check("new-house-invoice")

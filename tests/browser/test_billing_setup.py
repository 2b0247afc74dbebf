"""A property's billing, set up."""

from billing.models import Fee
from tests.browser.conftest import Portal
from tests.factories.billing import ServiceFactory
from tests.factories.metering import SuiteFactory
from tests.portal.conftest import Site


def test_fee_and_service_are_added(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open(f"/properties/{site.tower.public_id}/billing")
    portal.check("billing-setup")
    page.get_by_role("link", name="Edit rates and terms").click()
    page.get_by_label("Tax, %").wait_for()
    portal.check("billing-constants")
    page.get_by_role("link", name="Cancel").click()
    page.get_by_text("30 days after it is issued").wait_for()
    page.get_by_role("link", name="New fee").click()
    page.get_by_label("Name").fill("Parking")
    page.get_by_label("Amount, $ an invoice").fill("25")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The fee is added.").wait_for()
    assert Fee.objects.filter(property=site.tower, name="Parking", value=25, active=True).exists()
    page.get_by_role("link", name="New service").click()
    portal.check("service-new")


def test_month_is_issued_by_hand(portal: Portal, site: Site) -> None:
    suite = SuiteFactory(property=site.tower, name="Suite 102")
    ServiceFactory(suite=suite, name="102 fees", invoice_type="Customized Price")
    portal.sign_in(site.admin.email)
    page = portal.open(f"/properties/{site.tower.public_id}/billing")
    page.get_by_role("link", name="Issue invoices").click()
    page.get_by_text("Suite 102").wait_for()
    portal.check("generate")
    page.get_by_role("button", name="Issue 1 invoice").click()
    page.get_by_text("1 invoice is issued.").wait_for()
    portal.check("invoices")
    page.get_by_role("link", name="#2").click()
    portal.check("invoice")


def test_fee_is_edited_in_its_row(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open(f"/properties/{site.tower.public_id}/billing")
    page.get_by_role("link", name="Edit Admin Fee").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Amount, $ an invoice").wait_for()
    page.keyboard.press("Control+A")
    page.keyboard.type("Administration")
    page.get_by_label("Amount, $ an invoice").fill("")
    page.keyboard.press("Enter")
    page.get_by_text("This field is required.").wait_for()
    portal.check("fee-in-its-row")
    page.keyboard.type("7.5")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Saved").wait_for()
    assert page.get_by_role("link", name="Edit Administration").evaluate("link => link === document.activeElement")
    assert page.url.endswith("/billing")
    fee = Fee.objects.get(property=site.tower)
    assert (fee.name, str(fee.value)) == ("Administration", "7.50")


def test_fee_is_edited_without_script(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    plain = portal.context.browser.new_context(java_script_enabled=False, storage_state=portal.context.storage_state())
    page = plain.new_page()
    page.goto(f"{portal.root}/properties/{site.tower.public_id}/billing")
    page.get_by_role("link", name="Edit Admin Fee").click()
    page.get_by_label("Amount, $ an invoice").fill("8")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The fee is saved.").wait_for()
    plain.close()
    assert Fee.objects.get(property=site.tower).value == 8


def test_row_that_is_gone_says_so(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open(f"/properties/{site.tower.public_id}/billing")
    Fee.objects.filter(property=site.tower).delete()
    page.get_by_role("link", name="Edit Admin Fee").click()
    page.get_by_role("heading", name="There is no such page").wait_for()

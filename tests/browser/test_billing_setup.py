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
    page.get_by_role("link", name="Change").click()
    portal.check("billing-constants")
    page.get_by_role("link", name="Cancel").click()
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

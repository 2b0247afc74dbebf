"""What goes wrong on an ordinary day: a session that ends while a form is filled in, a mistake, a step back."""

from billing.models import Fee
from tests.browser.conftest import Portal
from tests.factories.accounts import PASSWORD
from tests.portal.conftest import Site


def sign_in_again(portal: Portal, email: str) -> None:
    page = portal.page
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def begin_a_fee(portal: Portal, site: Site) -> str:
    """Fill in a new fee, and send it after the session has ended; its address."""
    portal.sign_in(site.admin.email)
    path = f"/properties/{site.tower.public_id}/fees/new"
    page = portal.open(path)
    page.get_by_label("Name").fill("Parking")
    page.get_by_label("Amount, $ an invoice").fill("25")
    page.get_by_label("Active").uncheck()
    portal.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    return path


def test_form_of_a_session_that_ended_is_filled_in_again(portal: Portal, site: Site) -> None:
    path = begin_a_fee(portal, site)
    sign_in_again(portal, site.admin.email)
    portal.page.wait_for_url(f"**{path}")

    portal.page.get_by_text("What you typed is here again").wait_for()
    portal.check("form-kept")
    portal.page.get_by_role("button", name="Save").click()
    portal.page.get_by_text("The fee is added.").wait_for()
    assert Fee.objects.filter(property=site.tower, name="Parking", value=25, active=False).exists()


def test_form_of_a_session_that_ended_is_not_shown_to_somebody_else(portal: Portal, site: Site) -> None:
    begin_a_fee(portal, site)
    site.clerk.all_properties = True
    site.clerk.save()
    sign_in_again(portal, site.clerk.email)

    portal.page.get_by_role("heading", name="New fee").wait_for()
    assert portal.page.get_by_label("Name").input_value() == ""


def test_filters_survive_a_look_at_an_invoice_and_the_way_back(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open("/invoices")
    page.get_by_label("Search").fill("nobody of that name")
    page.get_by_text("No invoice fits these filters.").wait_for()
    page.get_by_label("Search").fill("")
    page.get_by_label("State").select_option(label="Unpaid")
    page.wait_for_url("**state=unpaid*")
    page.get_by_role("link", name="#1", exact=True).click()
    page.get_by_role("heading", name="Invoice 1").wait_for()

    page.go_back()
    page.get_by_role("link", name="#1", exact=True).wait_for()
    assert page.get_by_label("State").input_value() == "unpaid"
    page.go_back()
    page.get_by_text("No invoice fits these filters.").wait_for()
    assert portal.complaints == []

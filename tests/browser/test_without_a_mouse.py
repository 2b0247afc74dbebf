"""A manager who uses the keyboard alone: from the sign-in to an invoice that is marked as paid."""

from playwright.sync_api import Page

from tests.browser.conftest import Portal
from tests.factories.accounts import PASSWORD
from tests.portal.conftest import Site

FOCUSED = """(() => {
    const one = document.activeElement;
    return one.matches('input, select') ? one.id : one.getAttribute('aria-label') || one.innerText.trim();
})()"""
SEEN = """(() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
})()"""


def tab_to(page: Page, name: str) -> None:
    """Go on with the tabulator until what is named has the focus; each stop on the way can be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert page.evaluate(SEEN), f"the focus on {focused!r} cannot be seen"
        if focused == name:
            return
    raise AssertionError(f"the tabulator does not come to {name!r}")


def test_invoice_is_found_and_marked_as_paid(portal: Portal, site: Site) -> None:
    page = portal.open(f"/invoices?property={site.tower.public_id}")
    page.keyboard.type(site.admin.email)
    tab_to(page, "id_password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Invoices").wait_for()

    tab_to(page, "Skip to the content")
    page.keyboard.press("Enter")
    tab_to(page, "id_state")
    page.keyboard.type("Unpaid")
    page.wait_for_url("**state=unpaid*")
    tab_to(page, "#1")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Invoice 1").wait_for()
    tab_to(page, "Mark as paid")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Is invoice 1 paid?").wait_for()
    portal.check("invoice-paid")
    tab_to(page, "Yes, mark as paid")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="paid").first.wait_for()

    site.invoice.refresh_from_db()
    assert site.invoice.paid is not None

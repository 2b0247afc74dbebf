"""The API's description as people see it: Swagger UI, where it can be tried, and Redoc, without a complaint of the browser."""

import pytest

from tests.browser.conftest import PICTURES
from tests.factories.accounts import SECRET, AdminFactory, ApplicationFactory
from tests.factories.metering import PropertyFactory

pytestmark = pytest.mark.django_db(transaction=True)
DRAWN = 60_000
"""How long it may take to draw all operations on a busy machine, in milliseconds."""


@pytest.mark.parametrize(
    ("page", "shown"), [("/api/v1/docs", ".opblock-tag-section"), ("/api/v1/docs/redoc", "[role=menuitem]")]
)
def test_page_shows_the_operations(portal, page, shown):
    portal.page.goto(portal.root + page)
    portal.page.locator(shown).first.wait_for(timeout=DRAWN)

    assert "Fee" in portal.page.locator("#docs").inner_text()
    assert portal.complaints == []


@pytest.mark.parametrize("kind", ["confidential", "public"])
def test_swagger_ui_acts_as_the_user_who_consents(portal, kind):
    """By code and PKCE, in the window that it opens; then an operation answers with the user's own data."""
    user = AdminFactory(email="mary@example.com")
    PropertyFactory(company=user.company, display_name="Maple Court")
    application = ApplicationFactory(
        name="Swagger UI",
        client_type=kind,
        redirect_uris=f"{portal.root}/api/v1/docs/oauth2-redirect",
        scopes="billing:fee:read property:info:read",
    )
    portal.sign_in(user.email)
    page = portal.open("/api/v1/docs")
    page.get_by_role("button", name="Authorize").first.click(timeout=DRAWN)
    page.locator("#client_id_authorizationCode").fill(application.client_id)
    if kind == "confidential":
        page.locator("#client_secret_authorizationCode").fill(SECRET)
    page.locator("label[for^='property:info:read-authorizationCode']").click()
    by_code = page.locator(".auth-container", has=page.locator("#client_id_authorizationCode"))
    with page.expect_popup() as opened:
        by_code.get_by_role("button", name="Apply given OAuth2 credentials").click()
    consent = opened.value
    consent.get_by_role("heading", name="Allow Swagger UI").wait_for()
    with consent.expect_event("close"):
        consent.get_by_role("button", name="Accept").click()
    page.get_by_role("button", name="Remove authorization").first.wait_for()
    page.locator(".modal-ux-header .close-modal").click()

    page.locator("#operations-tag-Property").click()
    operation = page.locator("#operations-Property-property_list")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()

    operation.get_by_text("Maple Court").first.wait_for(timeout=DRAWN)
    page.screenshot(path=PICTURES / "swagger-tried.png", full_page=True)
    assert portal.complaints == []

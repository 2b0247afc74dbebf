"""A caretaker on the stairs at night: a phone, dark colours, a meter that is read by hand, an invoice looked up."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from metering.models import Read
from tests.browser.conftest import SIZES, Portal
from tests.portal.conftest import Site


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Portal]:
    context = browser.new_context(
        locale="en-CA",
        viewport=SIZES["phone"],  # type: ignore[arg-type]
        color_scheme="dark",
        has_touch=True,
        is_mobile=True,
    )
    context.set_default_timeout(10_000)
    yield Portal(context, live_server.url)
    context.close()


def test_read_is_entered_and_an_invoice_looked_up(phone: Portal, site: Site) -> None:
    page = phone.sign_in(site.admin.email)
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Menu").tap()
    page.get_by_role("link", name="Meters", exact=True).tap()
    page.wait_for_load_state("networkidle")  # what is typed before htmx is there waits for the button
    page.get_by_label("Search").fill("MFX-101")
    page.get_by_text("1 meter", exact=True).wait_for()
    phone.check("dark-meters")
    page.get_by_role("link", name="Suite 101 Electricity").tap()
    page.locator("[data-chart]:not([aria-busy]) canvas").wait_for()
    phone.check("dark-meter")
    page.get_by_role("link", name="New read").tap()
    page.get_by_label("Read at").fill("2021-04-15T11:45")
    page.get_by_label("Register").fill("1150")
    phone.check("dark-read-new")
    page.get_by_role("button", name="Save").tap()
    page.get_by_text("The read is stored.").wait_for()
    assert Read.objects.filter(meter=site.electricity, register=1150).exists()

    page.get_by_role("button", name="Menu").tap()
    page.get_by_role("link", name="Invoices", exact=True).tap()
    page.get_by_role("link", name="#1", exact=True).tap()
    page.get_by_role("heading", name="Invoice 1").wait_for()
    phone.check("dark-invoice")
    assert dark == page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"

    page.get_by_role("button", name="Menu").tap()
    page.get_by_role("button", name="Switch between light and dark colours").tap()
    phone.open("/")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "light"

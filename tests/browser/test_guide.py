"""The API guide in a browser: looked at, languages chosen, the contents searched, and read without JavaScript."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import SIZES, Portal
from tests.factories.help import QuestionFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_guide_is_looked_at(portal: Portal) -> None:
    QuestionFactory()
    for path in ("", "/authentication", "/basics", "/reads", "/invoices", "/faq", "/operations/fee"):
        portal.open(f"/api/v1/guide{path}")
        portal.check(f"guide{path.replace('/', '-')}")


def test_guide_is_looked_at_in_the_dark(portal: Portal) -> None:
    portal.page.emulate_media(color_scheme="dark")
    portal.open("/api/v1/guide/operations/read")
    portal.check("guide-dark")


def test_a_language_is_chosen_once_for_all_samples_and_pages(portal: Portal) -> None:
    page = portal.open("/api/v1/guide/operations/fee")
    page.get_by_role("tab", name="Java", exact=True).first.click()

    shown = page.locator(".sample[open]")
    assert {one.get_attribute("data-language") for one in shown.all()} == {"java"}
    portal.open("/api/v1/guide/operations/suite")
    assert {one.get_attribute("data-language") for one in shown.all()} == {"java"}
    page.get_by_role("tab", name="Java", exact=True).first.press("ArrowRight")
    expect(page.get_by_role("tab", name="C#").first).to_be_focused()
    assert {one.get_attribute("data-language") for one in shown.all()} == {"csharp"}


def test_contents_are_searched(portal: Portal) -> None:
    page = portal.open("/api/v1/guide")
    page.get_by_label("Find in the contents").fill("put fee")

    page.get_by_role("link", name="PUT /billing/fee").click()

    page.wait_for_url("**/guide/operations/fee#billing-fee-update")
    expect(page.get_by_role("heading", name="Updates the selected fee")).to_be_in_viewport()
    page.get_by_label("Find in the contents").fill("nonsense")
    expect(page.get_by_text("Nothing of that name.")).to_be_visible()
    assert portal.complaints == []


def test_guide_reads_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=SIZES["phone"])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{live_server.url}/api/v1/guide/operations/fee")

    page.locator(".sample[data-language=python] summary").first.click()
    expect(page.get_by_text("import requests").first).to_be_visible()
    expect(page.get_by_role("link", name="Invoice types")).to_be_visible()
    context.close()

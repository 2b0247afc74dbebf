"""Reports: chosen, looked at, taken along."""

from tests.browser.conftest import Portal
from tests.portal.conftest import Site


def test_report_on_screen_and_as_file(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open("/reports")
    portal.check("reports-empty")
    page.get_by_label("Property", exact=True).select_option(label="Maple Tower")
    page.wait_for_url("**property=*")
    page.get_by_label("Suite 101 Electricity").check()
    page.get_by_label("Report", exact=True).select_option(label="Register of each day")
    page.get_by_role("button", name="Show").click()
    page.locator("[data-chart]:not([aria-busy]) canvas").first.wait_for()
    portal.check("reports")

    with page.expect_download() as waited:
        page.get_by_role("link", name="XLSX").click()
    assert waited.value.suggested_filename == "daily-grand-total_2021-03-17_2021-04-15.xlsx"

"""A report that comes by mail: scheduled, made at once, and there."""

from tests.browser.conftest import Portal
from tests.portal.conftest import Site


def test_report_is_scheduled_and_made(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open("/reports/scheduled")
    portal.check("schedules-empty")
    page.get_by_role("link", name="New scheduled report").click()
    page.get_by_label("Name").fill("Owner's report")
    page.get_by_label("Consumption by property").check()
    page.get_by_label("Repeat every").select_option(label="Month")
    portal.check("schedule-new")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Owner's report", exact=True).click()
    page.get_by_role("button", name="Make it now").click()
    page.get_by_role("link", name="Download").wait_for(timeout=30_000)
    portal.check("schedule")
    portal.open("/reports/scheduled")
    portal.check("schedules")

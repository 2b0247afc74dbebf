"""Reads for review, from the overview's count to none left, and back again."""

from tests.browser.conftest import Portal
from tests.portal.conftest import Site, read


def test_reads_are_reviewed(portal: Portal, site: Site) -> None:
    read(site.general, [("2021-04-15T13:20:00", "3")])
    page = portal.sign_in(site.admin.email)
    page.get_by_role("link", name="2 reads are for review").click()
    portal.check("review")

    page.get_by_label("Tick all on this page").check()
    page.get_by_label("Note").fill("meter replaced on the 15th")
    page.get_by_role("button", name="Mark as reviewed").click()
    page.get_by_text("2 reads are reviewed.").wait_for()
    page.get_by_text("Nothing to review").wait_for()
    portal.check("review-done")

    page.get_by_role("link", name="Show what was reviewed").click()
    page.get_by_role("checkbox", name="Main Electricity").check()
    portal.check("review-reviewed")
    page.get_by_role("button", name="Put back for review").click()
    page.get_by_text("1 read is for review again.").wait_for()
    portal.open("/")
    page.get_by_role("link", name="1 read is for review").wait_for()

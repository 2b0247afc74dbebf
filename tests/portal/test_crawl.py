"""Every link of every page, followed as an admin, as a clerk and as a stranger: nothing is dead, unsound or out of bounds."""

from tests.portal.conftest import browser
from tests.portal.crawling import FOR_PROGRAMMERS, crawl
from tests.portal.populated import populate


def test_pages_are_sound_and_nobody_finds_more_than_is_theirs(site):
    populate(site)
    admin, clerk, stranger = crawl(browser(site.admin)), crawl(browser(site.clerk)), browser()

    assert admin.wrong == clerk.wrong == []
    assert f"/properties/{site.court.public_id}" in clerk.paths
    withheld = (site.tower.display_name, site.tower.public_id, "Suite 101", "Tremblay", "marie@example.com")
    assert {(address, word) for address, said in clerk.said.items() for word in withheld if word in said} == set()
    of_the_admin_alone = admin.paths - clerk.paths
    assert {path for path in of_the_admin_alone if browser(site.clerk).get(path).status_code < 400} == set()
    assert f"/properties/{site.tower.public_id}" in of_the_admin_alone
    pages = [path for path in admin.paths if not path.startswith(FOR_PROGRAMMERS)]
    assert [path for path in pages if not stranger.get(path).get("Location", "").startswith("/sign-in?next=/")] == []

"""Every link of every page, followed as an admin, as a clerk and as a stranger: nothing is dead, unsound or out of bounds.

An address is opened once for each set of parameters that links give it: the fourth page of a list is like the second.
"""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.conftest import browser
from tests.portal.pages import document
from tests.portal.populated import populate
from tests.portal.soundness import faults

MOST_QUERIES = 60
FOR_PROGRAMMERS = "/api/"  # these pages are opened and not read: they have a frame, links and tests of their own


@dataclass
class Crawl:
    """The paths that links led to, what those pages said, and what is wrong with them."""

    paths: set[str] = field(default_factory=set)
    said: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def crawl(client) -> Crawl:
    """Follow every link, from the first page on."""
    result, seen, waiting = Crawl(), set(), ["/"]
    while waiting:
        address = waiting.pop()
        path, query = urlsplit(address).path, urlsplit(address).query
        key = (path, frozenset(name for name, _ in parse_qsl(query)))
        if key in seen:
            continue
        seen.add(key)
        result.paths.add(path)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code >= 400:
            result.wrong.append(f"{address}: {answer.status_code}")
        if len(queries) >= MOST_QUERIES:
            result.wrong.append(f"{address}: {len(queries)} queries")
        is_page = not answer.streaming and answer["Content-Type"].startswith("text/html")
        if answer.status_code != 200 or not is_page or path.startswith(FOR_PROGRAMMERS):
            continue
        page = document(answer)
        result.wrong += [f"{address}: {fault}" for fault in faults(answer, page)]
        result.said[address] = answer.content.decode()
        for link in page.xpath("//a/@href"):
            target = urlsplit(urljoin(f"http://testserver{address}", link))
            if target.netloc == "testserver":
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    return result


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

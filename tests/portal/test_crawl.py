"""Every link of every page, followed as an admin, a clerk and a stranger: nothing is dead, slow or without a heading."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.conftest import browser

MOST_QUERIES = 60
DRAWN_BY_SCRIPTS = {"/api/v1/docs", "/api/v1/docs/redoc"}


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.links.append(href)


def crawl(client) -> tuple[set[str], list[str]]:
    """The paths reached from the first page, each opened once, and what is wrong with them."""
    seen, waiting, wrong = {"/"}, ["/"], []
    while waiting:
        address = waiting.pop()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code >= 400:
            wrong.append(f"{address}: {answer.status_code}")
            continue
        if len(queries) >= MOST_QUERIES:
            wrong.append(f"{address}: {len(queries)} queries")
        if answer.status_code != 200 or answer.streaming or not answer["Content-Type"].startswith("text/html"):
            continue
        page = Page(answer.content.decode())
        if urlsplit(address).path not in DRAWN_BY_SCRIPTS:
            wrong += [f"{address}: no {tag}" for tag in ("title", "h1") if tag not in page.tags]
        for link in page.links:
            target = urlsplit(urljoin(f"http://testserver{address}", link))
            if target.netloc == "testserver" and target.path not in seen:
                seen.add(target.path)
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    return seen, wrong


@pytest.mark.parametrize("who", ["admin", "clerk"])
def test_no_link_is_dead(site, who):
    seen, wrong = crawl(browser(getattr(site, who)))

    assert wrong == []
    assert f"/properties/{site.court.public_id}" in seen


def test_a_stranger_lands_at_the_sign_in(site, client):
    paths = sorted(path for path in crawl(browser(site.admin))[0] if not path.startswith("/api/"))
    answers = {path: client.get(path) for path in paths}

    assert {
        path: (answer.status_code, urlsplit(answer.get("Location", "")).path) for path, answer in answers.items()
    } == dict.fromkeys(paths, (302, "/sign-in"))

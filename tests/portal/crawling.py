"""Following every link from the portal's first page on, and noting what is wrong with what is found."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.pages import document
from tests.portal.soundness import faults

MOST_QUERIES = 60
FOR_PROGRAMMERS = "/api/"  # these pages are opened and not read: they have a frame, links and tests of their own


@dataclass
class Crawl:
    """The paths that links led to, what those pages said by their addresses, and what is wrong with them."""

    paths: set[str] = field(default_factory=set)
    said: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def by_parameters(address: str) -> tuple:
    """Addresses are alike that differ in a parameter's value alone: the fourth page of a list is like the second."""
    parts = urlsplit(address)
    return parts.path, frozenset(name for name, _ in parse_qsl(parts.query))


def by_kind(address: str) -> tuple:
    """Addresses are alike that differ in what they are about, too: one invoice is like another."""
    path, names = by_parameters(address)
    return re.sub(r"/[0-9a-f]{8}(?=/|$|\.)|/[0-9a-f-]{36}(?=/|$)", "/…", path), names


def crawl(client, alike: Callable[[str], tuple] = by_parameters) -> Crawl:
    """Follow every link; of the addresses that are alike, one."""
    result, seen, waiting = Crawl(), set(), ["/"]
    while waiting:
        address = waiting.pop()
        if alike(address) in seen:
            continue
        seen.add(alike(address))
        path = urlsplit(address).path
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

"""The portal's budgets, on the demo company with all of its 13 months: every page, and the figures that its charts fetch."""

import time
from datetime import UTC, datetime
from io import StringIO
from statistics import median

import pytest
import time_machine
from django.core.management import call_command
from lxml import html

from accounts.models import User
from intellimeter.demo.site import ADMIN
from tests.portal.conftest import browser
from tests.portal.crawling import by_kind, crawl

DAY = datetime(2026, 7, 2, 15, 20, tzinfo=UTC)
MOST_SECONDS = 0.3
TRIES = 3


@pytest.fixture
def admin(db):
    with time_machine.travel(DAY, tick=False):
        call_command("load_demo", stdout=StringIO(), stderr=StringIO())
        yield browser(User.objects.get(email=ADMIN))


def seconds(client, address: str) -> float:
    """The median of this process's time to answer: other processes on the machine do not count, nor does PostgreSQL."""
    spent = []
    for _ in range(TRIES):
        begun = time.process_time()
        assert client.get(address).status_code == 200
        spent.append(time.process_time() - begun)
    return median(spent)


def test_pages_of_the_demo_keep_to_their_budgets(admin):
    found = crawl(admin, by_kind)
    charts = {html.fromstring(said).xpath("string(//@data-chart)") for said in found.said.values()} - {""}
    spans = ("&start=2026-06-03&end=2026-07-02", "&start=2025-07-03&end=2026-07-02")
    figures = [f"{chart}{span}" for chart in charts for span in spans]

    assert found.wrong == []  # of which one is 60 queries
    assert len(found.said) > 50
    assert figures
    took = {address: seconds(admin, address) for address in [*found.said, *figures]}
    assert {address: round(spent, 3) for address, spent in took.items() if spent >= MOST_SECONDS} == {}

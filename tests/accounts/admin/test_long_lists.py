"""Lists of the administration over tables that grow with the meters: nothing is counted to its end, sorted whole, or cut off
from being found."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from intellimeter.common.admin_lists import MOST_LISTED
from metering.models import Meter
from tests.accounts.admin.test_pages import PAGES, one_of_everything
from tests.factories.metering import PropertyFactory
from tests.portal.pages import text

LONG = [
    "accounts.accesstoken",
    "auditlog.logentry",
    "axes.accesslog",
    "billing.invoice",
    "billing.invoicemail",
    "billing.service",
    "billing.tenant",
    "fileupload.cycle",
    "fileupload.delivery",
    "metering.meter",
    "metering.suite",
    "reporting.run",
]


WHOLE_SORT = re.compile(r"USE TEMP B-TREE FOR ORDER BY|(?<!Incremental )Sort +\(")
"""An incremental sort puts in order what an index left tied, and stops with the page."""


def address(label: str) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_changelist")


@pytest.fixture
def meters(db) -> list[Meter]:
    """More than a list shows."""
    property = PropertyFactory(display_name="Maple Tower")
    made = [
        Meter(
            property=property,
            name=f"Meter {number:05}",
            serial_number=f"S-{number}",
            public_id=f"{number:08x}",
            utility="E",
        )
        for number in range(MOST_LISTED + 5)
    ]
    return Meter.objects.bulk_create(made)


def test_list_shows_the_first_rows_and_says_so(client, staff, meters):
    first, last = (
        html.fromstring(client.get(address("metering.meter"), query).content)
        for query in ({}, {"p": MOST_LISTED // 25})
    )

    assert text(first.xpath("//*[@class='platform-note']")[0]) == (
        "The first 1000 are listed. Search or filter to find the others."
    )
    assert [len(page.xpath("//input[@name='_selected_action']")) for page in (first, last)] == [25, 25]


@pytest.mark.parametrize(
    "words", [f"{MOST_LISTED + 4:08x}", f"S-{MOST_LISTED + 4}", f"meter Tower {MOST_LISTED + 4:05}"]
)
def test_search_finds_what_the_list_leaves_out(client, staff, meters, words):
    page = client.get(address("metering.meter"), {"q": words})

    assert [row.pk for row in page.context["cl"].result_list] == [meters[-1].pk]
    assert b"platform-note" not in page.content


@pytest.mark.parametrize("words", ["nothing", "1.5", "'un closed", "Tower nothing"])
def test_search_for_what_is_not_there_finds_nothing(client, staff, meters, words):
    page = client.get(address("metering.meter"), {"q": words})

    assert (page.status_code, list(page.context["cl"].result_list)) == (200, [])


@pytest.mark.parametrize("label", PAGES)
def test_no_list_counts_its_table(client, staff, label):
    one_of_everything()
    with CaptureQueriesContext(connection) as queries:
        client.get(address(label))
        client.get(address(label), {"q": "1"})

    assert [query["sql"] for query in queries if '"__count"' in query["sql"]] == []


@pytest.mark.parametrize("label", LONG)
def test_long_list_comes_in_an_indexs_order(client, staff, label):
    """Nothing is sorted: the database says so when it is told to avoid it where it can."""
    page: admin.ModelAdmin = PAGES[label][1]
    rows = client.get(address(label)).context["cl"].queryset

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = rows.values_list("pk", flat=True)[:MOST_LISTED].explain()

    assert WHOLE_SORT.findall(plan) == []
    assert tuple(page.sortable_by) == ()

import pytest
import time_machine

from tests.factories.metering import MeterFactory
from tests.portal.conftest import browser
from tests.portal.pages import document, table


def names(site, query="", user=None):
    return [row[0] for row in table(document(browser(user or site.admin).get(f"/meters{query}")), "Meters")]


def test_meters_of_all_properties_with_their_newest_reads(site, django_assert_num_queries):
    client = browser(site.admin)

    with django_assert_num_queries(6):
        page = document(client.get("/meters"))

    assert table(page, "Meters") == [
        [
            "Main Electricity MFX-0",
            "Harbour Court",
            "Electricity",
            "whole property",
            "900.500 kWh",
            "15 Apr 2021, 13:15",
        ],
        [
            "Suite 101 Electricity MFX-101",
            "Maple Tower",
            "Electricity",
            "Suite 101",
            "1,141.500 kWh",
            "15 Apr 2021, 11:30",
        ],
        ["Suite 101 Water W-101", "Maple Tower", "Water", "Suite 101", "6.250 m³", "15 Apr 2021, 11:30"],
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?utility=W", ["Suite 101 Water W-101"]),
        ("?q=101+elec", ["Suite 101 Electricity MFX-101"]),
        ("?q=MFX-0", ["Main Electricity MFX-0"]),
    ],
)
def test_meters_found(site, query, expected):
    assert names(site, query) == expected


def test_meters_that_stopped_or_never_began(site):
    MeterFactory(property=site.court, name="New", serial_number="N")

    assert names(site, "?state=never") == ["New N"]
    with time_machine.travel("2021-04-16T15:35:00Z", tick=False):
        assert names(site, "?state=silent") == ["Suite 101 Electricity MFX-101", "Suite 101 Water W-101"]


def test_clerk_sees_the_meters_of_properties_given(site):
    assert names(site, user=site.clerk) == ["Main Electricity MFX-0"]

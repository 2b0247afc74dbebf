from datetime import UTC, datetime

import pytest
import time_machine

from metering.models import MeterSuite
from tests.factories.billing import InvoiceFactory, ServiceFactory, TenantFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory
from tests.portal.conftest import browser, read
from tests.portal.pages import document, headings, table, text, tiles


def page_of(site, which="tower", user=None):
    found = getattr(site, which)
    return document(browser(user or site.admin).get(f"/properties/{found.public_id}"))


def test_property_page_begins_with_its_figures(site):
    page = page_of(site)

    assert headings(page) == [
        "Maple Tower",
        "Consumption",
        "Meters",
        "Suites",
        "Tenants",
        "Services",
        "Newest invoices",
    ]
    assert text(page.xpath("//main//p[@class='sub']")[0]) == (
        "123 Main St. · Job 20-350-0001 · Last read 15 Apr 2021, 11:30 (30 min ago)"
    )
    assert tiles(page) == {
        "Electricity": ("1,042 kWh", "this month so far"),
        "Water": ("1.3 m³", "this month so far"),
        "Unpaid": ("$12.95", "1 invoice"),
        "Late": ("$0.00", "0 invoices past due"),
    }


def test_property_page_lists_its_meters_with_their_newest_reads(site):
    assert table(page_of(site), "Meters and their newest reads") == [
        [
            "Suite 101 Electricity MFX-101",
            "Electricity",
            "Suite 101",
            "1,141.500 kWh",
            "1,011.500 kWh",
            "1,041.500 kWh",
            "15 Apr 2021, 11:30 (30 min ago)",
        ],
        [
            "Suite 101 Water W-101",
            "Water",
            "Suite 101",
            "6.250 m³",
            "1.250 m³",
            "1.250 m³",
            "15 Apr 2021, 11:30 (30 min ago)",
        ],
    ]


def test_times_are_those_of_the_property_s_clock(site):
    (row,) = table(page_of(site, "court"), "Meters and their newest reads")

    assert row == [
        "Main Electricity MFX-0",
        "Electricity",
        "whole property",
        "900.500 kWh",
        "200.500 kWh",
        "200.500 kWh",
        "15 Apr 2021, 13:15 (15 min ago)",
    ]


def test_meter_without_a_read_and_without_a_suite(site):
    MeterFactory(property=site.court, name="New", serial_number="NEW-1", utility="G")

    assert table(page_of(site, "court"), "Meters and their newest reads")[1] == [
        "New NEW-1",
        "Gas",
        "no suite",
        "–",
        "–",
        "0.000 m³",
        "never",
    ]


def test_meter_that_was_replaced_says_so(site):
    read(site.water, [("2021-04-15T11:45:00", "2")])

    assert "reset or replaced" in table(page_of(site), "Meters and their newest reads")[1][-1]


def test_meter_that_stopped_reporting_is_marked(site):
    with time_machine.travel(datetime(2021, 4, 16, 16, tzinfo=UTC), tick=False):  # a day and half an hour later
        page = page_of(site)

    assert tiles(page)["Silent"] == ("2 meters", "no read for a day")
    assert table(page, "Meters and their newest reads")[0][-1] == "15 Apr 2021, 11:30 (24 h ago) silent"


def test_this_month_begins_at_local_midnight(site):
    with time_machine.travel(datetime(2021, 5, 1, 2, 45, tzinfo=UTC), tick=False):  # 00:15 in St. John's
        read(site.general, [("2021-05-01T00:00:00", "950"), ("2021-05-01T00:15:00", "951")])
        (row,) = table(page_of(site, "court"), "Meters and their newest reads")

    assert row[5] == "1.000 kWh"


def test_property_page_shows_who_lives_and_what_measures_in_each_suite(site):
    SuiteFactory(property=site.tower, name="Suite 102")

    assert table(page_of(site), "Suites with their tenants and meters") == [
        ["Suite 101", "Marie-Ève Tremblay", "Suite 101 Electricity, Suite 101 Water"],
        ["Suite 102", "nobody", "none: choose the suite on a meter’s page"],
    ]


def test_suite_names_only_the_meters_of_now(site):
    moved = MeterSuite.objects.get(meter=site.water)
    moved.end = datetime(2021, 4, 5, tzinfo=UTC)
    moved.save()

    assert table(page_of(site), "Suites with their tenants and meters")[0][2] == "Suite 101 Electricity"


def test_property_page_lists_tenants_services_and_invoices(site):
    page = page_of(site)

    assert table(page, "Tenants") == [
        ["Marie-Ève Tremblay", "Suite 101", "marie@example.com", "416 555 0101", "101-123 Main St."]
    ]
    assert table(page, "Services that issue invoices") == [
        ["Suite 101 hydro", "Suite 101", "General Consumption Price", "day 1 of the month", "active"]
    ]
    assert table(page, "Invoices") == [
        [
            f"#{site.invoice.number}",
            "Suite 101",
            "1 Mar 2021 – 31 Mar 2021",
            "2 May 2021",
            "$12.95",
            "Unpaid",
            "waiting",
        ]
    ]


def test_property_page_without_anything_says_what_comes_first(site):
    bare = PropertyFactory(company=site.admin.company)
    page = document(browser(site.admin).get(f"/properties/{bare.public_id}"))

    assert [text(note).split(".")[0] for note in page.xpath("//p[@class='empty-note']")] == [
        "No meter yet",
        "No suite yet",
        "No tenant yet",
        "No service yet",
        "No invoice yet",
    ]


def test_table_of_meters_refreshes_itself(site):
    page = page_of(site)
    (part,) = page.xpath("//*[@id='meters']")
    address = part.get("hx-get")

    fragment = browser(site.admin).get(address, headers={"HX-Request": "true"})

    assert (address, part.get("hx-trigger")) == (f"/properties/{site.tower.public_id}/meters", "every 60s")
    assert table(document(fragment), "Meters and their newest reads") == table(page, "Meters and their newest reads")
    assert "<html" not in fragment.content.decode()


def test_fragment_opened_as_a_page_leads_to_the_page(site):
    response = browser(site.admin).get(f"/properties/{site.tower.public_id}/meters")

    assert response.headers["Location"] == f"/properties/{site.tower.public_id}"


def test_long_list_of_meters_is_turned_page_by_page(site):
    for number in range(100):
        MeterFactory(property=site.tower, name=f"Meter {number:03}")
    client = browser(site.admin)
    address = f"/properties/{site.tower.public_id}"

    first, second = document(client.get(address)), document(client.get(f"{address}?suites=1&meters=2"))

    assert len(table(first, "Meters and their newest reads")) == 100
    assert first.xpath("//*[@id='meters']//a[@rel='next']/@href") == [f"{address}?meters=2"]
    assert [row[0] for row in table(second, "Meters and their newest reads")] == [
        "Suite 101 Electricity MFX-101",
        "Suite 101 Water W-101",
    ]
    assert second.xpath("//*[@id='meters']//a[@rel='prev']/@href") == [f"{address}?suites=1&meters=1"]


@pytest.mark.parametrize(
    ("parameter", "caption"),
    [
        ("suites", "Suites with their tenants and meters"),
        ("tenants", "Tenants"),
        ("services", "Services that issue invoices"),
    ],
)
def test_other_long_lists_are_turned_too(site, parameter, caption):
    for _ in range(50):
        suite = SuiteFactory(property=site.tower)
        TenantFactory(suite=suite)
        ServiceFactory(suite=suite)
    client = browser(site.admin)
    address = f"/properties/{site.tower.public_id}"

    assert len(table(document(client.get(address)), caption)) == 50
    assert len(table(document(client.get(f"{address}?{parameter}=2")), caption)) == 1


def test_property_page_takes_as_many_queries_for_many_rows(site, django_assert_num_queries):
    client = browser(site.admin)
    address = f"/properties/{site.tower.public_id}"
    client.get(address)
    with django_assert_num_queries(21):
        client.get(address)
    for number in range(5):
        suite = SuiteFactory(property=site.tower)
        MeterFactory(suite=suite)
        TenantFactory(suite=suite)
        InvoiceFactory(service=ServiceFactory(suite=suite), number=500 + number)

    with django_assert_num_queries(21):
        client.get(address)

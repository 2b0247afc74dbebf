from datetime import date, timedelta
from decimal import Decimal

from metering.ingest import RawRow, ingest
from metering.portal_selectors import DayUse, use_by_day
from tests.factories.metering import MeterFactory
from tests.portal.conftest import NOW, browser, read
from tests.portal.pages import document, headings, table, text, tiles


def page_of(site, meter):
    return document(browser(site.admin).get(f"/meters/{meter.public_id}"))


def test_meter_page_begins_with_what_the_meter_is_and_says_now(site):
    page = page_of(site, site.electricity)

    assert text(page.xpath("//main//p[@class='sub']")[0]) == (
        "Electricity · Serial number MFX-101 · serves Suite 101 · Floor 1 · Panel A"
    )
    assert tiles(page) == {
        "Register": ("1,141.500 kWh", "15 Apr 2021, 11:30"),
        "Last 30 days": ("1,081.500 kWh", "most in a day: 1,011.500 kWh"),
        "For review": ("1", "review the reads"),
        "Last read": ("30 min ago", "15 Apr 2021, 11:30"),
    }


def test_meter_page_lists_thirty_days_newest_first(site):
    rows = table(page_of(site, site.electricity), "Consumption by day")

    assert len(rows) == 30
    assert rows[0] == ["15 Apr 2021", "1,011.500 kWh", "1", "0"]
    assert rows[1] == ["14 Apr 2021", "–", "0", "0"]
    assert rows[4] == ["11 Apr 2021", "0.000 kWh", "1", "1"]
    assert rows[6] == ["9 Apr 2021", "30.000 kWh", "1", "0"]
    assert rows[15] == ["31 Mar 2021", "40.000 kWh", "1", "0"]
    assert rows[-1][0] == "17 Mar 2021"


def test_meter_page_draws_a_bar_for_each_day(site):
    page = page_of(site, site.electricity)
    bars = page.xpath("//svg/rect")

    assert len(bars) == 30
    assert text(bars[-1].xpath("title")[0]) == "15 Apr 2021: 1,011.500 kWh"
    assert (bars[-1].get("y"), bars[-1].get("height")) == ("0.00", "120.00")
    assert bars[-2].get("height") == "0.00"


def test_meter_page_explains_reads_for_review(site):
    assert table(page_of(site, site.electricity), "Odd reads") == [
        [
            "12 Apr 2021, 00:00",
            "0.000 kWh",
            "–",
            "outlier The registers before and after it agree without it; it is not billed.",
            "to review",
        ]
    ]


def test_meter_page_lists_its_newest_reads(site):
    assert table(page_of(site, site.water), "Newest reads") == [
        ["15 Apr 2021, 11:30", "6.250 m³", "1.250 m³", ""],
        ["1 Apr 2021, 00:00", "5.000 m³", "0.000 m³", ""],
    ]


def test_meter_page_shows_other_points_where_there_are_any(site):
    names = ("serial_number", "time_stamping", "m3", "temperature", "leak")
    ingest(property=site.tower, rows=[RawRow(1, names, ("W-101", "2021-04-15T11:45:00", "6.5", "4.1", "false"))])

    assert [row[4] for row in table(page_of(site, site.water), "Newest reads")] == [
        "leak false, temperature 4.1",
        "",
        "",
    ]


def test_meter_page_shows_no_more_than_a_day_s_worth_of_reads(site):
    read(site.water, [(f"2021-04-14T{hour:02}:{minute}:00", "6") for hour in range(20) for minute in ("00", "30")])

    assert len(table(page_of(site, site.water), "Newest reads")) == 24


def test_meter_page_of_a_meter_that_never_reported(site):
    silent = MeterFactory(property=site.tower, name="Silent")
    page = page_of(site, silent)

    assert headings(page) == ["Silent", "No read yet"]
    assert tiles(page)["Last 30 days"] == ("–", "")
    assert page.xpath("//main//section//a/@href") == [
        f"/meters/{silent.public_id}/reads/new",
        f"/properties/{site.tower.public_id}/import",
    ]


def test_days_without_a_read_have_no_consumption(site):
    days = use_by_day(site.water, NOW)

    assert [day for day in days if day.reads] == [
        DayUse(date(2021, 3, 31), Decimal("0.000000"), 1, 0),
        DayUse(date(2021, 4, 15), Decimal("1.250000"), 1, 0),
    ]
    assert {day.consumption for day in days if not day.reads} == {None}


def test_crumbs_lead_back_to_the_property(site):
    page = page_of(site, site.water)

    assert page.xpath("//ol[@class='breadcrumb']//a/@href") == ["/", f"/properties/{site.tower.public_id}"]
    assert page.xpath("//ol[@class='breadcrumb']//*[@aria-current='page']/text()") == ["Suite 101 Water"]


def test_meter_page_takes_as_many_queries_for_many_reads(site, django_assert_num_queries):
    client = browser(site.admin)
    address = f"/meters/{site.electricity.public_id}"
    client.get(address)
    with django_assert_num_queries(9):
        client.get(address)
    day = date(2021, 3, 1)
    odd = [(f"{day + timedelta(number):%Y-%m-%d}T12:00:00", "0") for number in range(20)]
    read(site.electricity, odd)

    with django_assert_num_queries(9):
        client.get(address)

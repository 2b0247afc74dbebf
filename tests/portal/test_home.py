from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine

from billing.portal_selectors import Outstanding, late, outstanding_by_property, zones_of
from fileupload.enums import Status
from metering.enums import Utility
from metering.portal.overview import compared
from metering.portal_selectors import use_this_month
from tests.factories.accounts import AdminFactory, StaffFactory, UserFactory
from tests.factories.billing import InvoiceFactory, ServiceFactory
from tests.factories.fileupload import DeliveryFactory, HttpDestinationFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory
from tests.portal.conftest import browser, read
from tests.portal.pages import document, headings, table, text, tiles


def cards(page) -> dict[str, list[str]]:
    return {
        text(card.xpath(".//h3")[0]): [
            *(f"{text(term)}: {text(term.getnext())}" for term in card.xpath(".//dt")),
            text(card.xpath(".//*[@class='card-foot']")[0]),
        ]
        for card in page.xpath("//article")
    }


def test_home_shows_each_property_and_all_together(manager):
    page = document(manager.get("/"))

    assert tiles(page) == {
        "Electricity": ("1,242 kWh", "this month so far"),
        "Water": ("1.3 m³", "this month so far"),
        "Unpaid": ("$12.95", "1 invoice"),
        "Late": ("$0.00", "0 invoices past due"),
    }
    assert cards(page) == {
        "Harbour Court": [
            "Electricity: 201 kWh",
            "Unpaid: nothing",
            "Last read 15 Apr 2021, 13:15 (15 min ago) 1 meter · 0 suites · 0 tenants",
        ],
        "Maple Tower": [
            "Electricity: 1,042 kWh",
            "Water: 1.3 m³",
            "Unpaid: $12.95 (1)",
            "Last read 15 Apr 2021, 11:30 (30 min ago) 2 meters · 1 suite · 1 tenant",
        ],
    }


def test_home_of_a_clerk_has_the_properties_given(site):
    assert list(cards(document(browser(site.clerk).get("/")))) == ["Harbour Court"]


def test_home_shows_what_is_late_from_the_day_after_it_is_due(site):
    with time_machine.travel(datetime(2021, 5, 3, 4, tzinfo=UTC), tick=False):  # midnight in Toronto
        page = document(browser(site.admin).get("/"))

    assert tiles(page)["Late"] == ("$12.95", "1 invoice past due")
    assert "Late: $12.95 (1)" in cards(page)["Maple Tower"]


def test_home_counts_meters_that_stopped_reporting(site):
    MeterFactory(property=site.court)  # never reported: not yet installed, perhaps
    with time_machine.travel(datetime(2021, 4, 16, 15, 35, tzinfo=UTC), tick=False):
        page = document(browser(site.admin).get("/"))

    feet = {name: facts[-1] for name, facts in cards(page).items()}
    assert feet["Maple Tower"].startswith("2 meters silent for a day Last read")
    assert feet["Harbour Court"].startswith("Last read")


def test_late_goes_by_the_property_s_own_calendar(site):
    service = ServiceFactory(suite=SuiteFactory(property=site.court))
    InvoiceFactory(service=service, number=900, due=site.invoice.due, total=Decimal(7))
    just_midnight_in_st_johns = datetime(2021, 5, 3, 2, 30, tzinfo=UTC)

    owed = outstanding_by_property(site.admin, late(zones_of(site.admin), just_midnight_in_st_johns))

    assert owed == {
        site.court.pk: Outstanding(1, Decimal("7.00"), 1, Decimal("7.00")),
        site.tower.pk: Outstanding(1, Decimal("12.95"), 0, Decimal("0.00")),
    }


def test_use_this_month_counts_general_meters_where_there_are_any(site):
    MeterFactory(suite=SuiteFactory(property=site.court), utility="E")

    assert use_this_month([site.tower, site.court], datetime(2021, 4, 15, 16, tzinfo=UTC)) == {
        site.tower.pk: {Utility.ELECTRICITY: Decimal("1041.5"), Utility.WATER: Decimal("1.25")},
        site.court.pk: {Utility.ELECTRICITY: Decimal("200.5")},
    }


def test_home_search_finds_by_name_number_and_address(manager):
    assert list(cards(document(manager.get("/?q=tower 0001")))) == ["Maple Tower"]


def test_home_of_a_company_without_properties_says_what_comes_first(db):
    assert headings(document(browser(AdminFactory()).get("/"))) == ["Overview", "No property yet"]


def test_home_of_a_clerk_without_properties_says_whom_to_ask(db):
    page = document(browser(UserFactory(all_properties=False)).get("/"))

    assert headings(page) == ["Overview", "No property has been given to you yet"]


def test_home_of_staff_without_a_company_leads_to_the_administration(db):
    response = browser(StaffFactory()).get("/")

    page = document(response)
    assert (response.status_code, headings(page)) == (200, ["You run the platform"])
    assert page.xpath("//main//a[contains(@class, 'btn')]/@href") == ["/admin/"]


@pytest.mark.parametrize(
    ("person", "entries"),
    [
        (lambda site: site.admin, ["Overview", "Meters", "Compare", "Reports", "Invoices", "Tenants", "Settings"]),
        (
            lambda site: StaffFactory(company=site.admin.company),
            ["Overview", "Meters", "Compare", "Reports", "Invoices", "Tenants", "Settings", "Administration"],
        ),
        (lambda site: StaffFactory(), ["Administration"]),
    ],
)
def test_menu_by_person(site, settings, person, entries):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    page = document(browser(person(site)).get("/"))

    assert [text(one) for one in page.xpath("//header//ul//a")] == entries


def test_home_takes_as_many_queries_for_many_properties(site, django_assert_num_queries):
    client = browser(site.admin)
    client.get("/")
    with django_assert_num_queries(16):
        client.get("/")
    for number in range(5):
        one = PropertyFactory(company=site.admin.company, timezone="America/Vancouver", job_number=f"more {number}")
        MeterFactory(suite=SuiteFactory(property=one))

    with django_assert_num_queries(16):
        client.get("/")


def test_home_compares_the_same_part_of_last_month_and_last_year(site, manager):
    read(site.water, [("2021-03-01T00:00:00", "1"), ("2021-03-15T11:00:00", "3"), ("2021-03-15T13:00:00", "4")])
    read(site.water, [("2020-03-31T00:00:00", "0.5"), ("2020-04-10T00:00:00", "0.8")])
    page = document(manager.get("/"))

    assert table(page, "Consumption compared")[2:] == [
        ["Water today", "1.3 m³ 15 Apr 2021", "2 m³ (-38 %) 15 Mar 2021", "0 m³ 15 Apr 2020"],
        [
            "Water this month",
            "1.3 m³ 1 – 15 Apr 2021",
            "2 m³ (-38 %) 1 – 15 Mar 2021",
            "0.3 m³ (+317 %) 1 – 15 Apr 2020",
        ],
    ]
    *_rest, last = page.xpath("//table[caption='Consumption compared']//a/@href")
    assert last == f"/compare?start=2020-04-01&end=2020-04-15&show=property-{site.tower.public_id}-W"


def test_month_that_is_shorter_is_compared_up_to_its_end(site):
    now = datetime(2021, 3, 31, 16, tzinfo=UTC)

    (_today, month, *_water) = compared([site.tower], now, "America/Toronto")

    assert [(one.first, one.last) for one in month.stretches] == [
        (date(2021, 3, 1), date(2021, 3, 31)),
        (date(2021, 2, 1), date(2021, 2, 28)),
        (date(2020, 3, 1), date(2020, 3, 31)),
    ]


def test_home_names_who_uses_most(manager):
    page = document(manager.get("/"))
    most = page.xpath("//section[@aria-label='Most Electricity this month']//li")

    assert [text(one) for one in most] == [
        "Maple Tower 1,042 kWh",
        "Harbour Court 201 kWh",
        "Suite 101 Maple Tower 1,042 kWh",
    ]


def test_every_figure_is_the_number_of_rows_that_it_leads_to(site):
    read(site.general, [("2021-04-15T13:20:00", "3"), ("2021-04-15T13:25:00", "1")])
    MeterFactory(property=site.court)  # never reported, which is not silent
    destination = HttpDestinationFactory(property=site.tower)
    for status in (Status.FAILED, Status.FAILED, Status.SENT):
        DeliveryFactory(destination=destination, status=status)
    with time_machine.travel(datetime(2021, 5, 9, 16, tzinfo=UTC), tick=False):
        read(site.water, [("2021-05-09T11:59:00", "6.5")])
        client = browser(site.admin)
        page = document(client.get("/"))
        matters = {text(one): one.get("href") for one in page.xpath("//ul[@class='matters']//a")}
        tiles = {text(one): one.get("href") for one in page.xpath("//a[@class='tile' or @class='tile tile-alarm']")}
        feet = {text(one): one.get("href") for one in page.xpath("//*[@class='card-foot']//a")}
        rows = {said: rows_of(client, address) for said, address in {**matters, **feet}.items()}

    assert matters == {
        "1 invoice is past due": "/invoices?state=late",
        "1 invoice is not mailed yet": "/invoices?mail=unsent",
        "2 meters stopped reporting": "/meters?state=silent",
        "2 files were not delivered": "/settings/file-upload/deliveries?status=failed",
        "3 reads are for review": "/review",
    }
    assert rows == {said: int(said.split()[0]) for said in rows}
    assert [address for said, address in tiles.items() if "Late" in said] == ["/invoices?state=late"]


def rows_of(client, address) -> int:
    """The rows of the list there; of the property's page, of the table of suites."""
    page = document(client.get(address))
    suites = page.xpath("//table[caption='Suites with their tenants and meters']/tbody/tr[th]")
    return len(suites if address.endswith("#suites-title") else page.xpath("//main//table/tbody/tr"))


def test_home_says_so_when_all_is_well(site):
    page = document(browser(site.clerk).get("/"))

    assert "All is well" in text(page.xpath("//section[@aria-labelledby='matters-title']")[0])

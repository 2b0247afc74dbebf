"""A suite's page: what it uses, what measures there, who lives there."""

from metering.models import Suite
from metering.services import assign_suite
from tests.factories.metering import MeterFactory, SuiteFactory
from tests.portal.conftest import browser, read
from tests.portal.pages import document, headings, table, text, tiles


def page_of(site, suite):
    return document(browser(site.admin).get(f"/suites/{suite.public_id}"))


def test_suite_shows_its_month_its_meters_and_its_invoices(site):
    page = page_of(site, Suite.objects.get())

    assert headings(page) == ["Suite 101", "Consumption", "Meters", "Newest invoices"]
    assert text(page.xpath("//p[@class='sub']")[0]) == "Maple Tower · Marie-Ève Tremblay"
    assert tiles(page) == {
        "Electricity": ("1,042 kWh", "this month so far"),
        "Water": ("1.3 m³", "this month so far"),
    }
    assert table(page, "Meters that serve or served the suite") == [
        ["Suite 101 Electricity MFX-101", "Electricity", "the beginning", "now", "1,141.500 kWh", "15 Apr 2021, 11:30"],
        ["Suite 101 Water W-101", "Water", "the beginning", "now", "6.250 m³", "15 Apr 2021, 11:30"],
    ]
    assert [row[0] for row in table(page, "Invoices")] == ["#1"]
    key = Suite.objects.get().public_id
    assert page.xpath("//@data-chart") == [f"/compare/series?show=suite-{key}-E&show=suite-{key}-W"]


def test_suite_tells_of_meters_that_left(site):
    suite = Suite.objects.get()
    assign_suite(meter=site.water, suite=None)
    read(site.water, [("2021-04-15T12:05:00", "9")])

    page = page_of(site, suite)

    assert table(page, "Meters that serve or served the suite")[1][2:4] == ["the beginning", "15 Apr 2021, 12:00"]
    assert tiles(page)["Water"][0] == "1.3 m³"  # what came after is not the suite's


def test_suite_without_meters_says_what_to_do(site):
    page = page_of(site, SuiteFactory(property=site.tower, name="Suite 9"))

    assert headings(page) == ["Suite 9", "Meters", "Newest invoices"]
    assert [text(one).split(",")[0] for one in page.xpath("//p[@class='empty-note']")] == [
        "No meter serves this suite",
        "No invoice yet. A service bills the suite each month. Set up billing",
    ]
    assert page.xpath("//@data-chart") == []


def test_suite_of_another_property_does_not_exist(site):
    assert browser(site.clerk).get(f"/suites/{Suite.objects.get().public_id}").status_code == 404


def test_queries_do_not_grow_with_the_meters(site, django_assert_num_queries):
    suite = Suite.objects.get()
    client = browser(site.admin)
    client.get(f"/suites/{suite.public_id}")
    with django_assert_num_queries(10):
        client.get(f"/suites/{suite.public_id}")
    for number in range(5):
        MeterFactory(suite=suite, name=f"More {number}")

    with django_assert_num_queries(10):
        client.get(f"/suites/{suite.public_id}")


def test_lists_of_meters_lead_to_the_suite(site):
    client, address = browser(site.admin), f"/suites/{Suite.objects.get().public_id}"

    for path in ("/meters", f"/properties/{site.tower.public_id}"):
        assert document(client.get(path)).xpath("//td[@data-label='Serves']//a/@href") == [address, address]

"""Charts that zoom: a meter's, and several compared."""

from tests.browser.conftest import Portal
from tests.portal.conftest import Site, read


def drawn(page) -> list[str]:
    """The labels under the chart, once it is drawn."""
    page.locator("[data-chart]:not([aria-busy]) canvas").first.wait_for()
    return page.evaluate("echarts.getInstanceByDom(document.querySelector('[data-chart]')).getOption().xAxis[0].data")


def test_meter_chart_zooms(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open(f"/meters/{site.electricity.public_id}")
    assert (drawn(page)[0], drawn(page)[-1]) == ("2021-03-17", "2021-04-15")
    portal.check("meter")

    with page.expect_response("**/compare/series*"):
        page.get_by_role("button", name="Day", exact=True).click()
    assert drawn(page) == ["2021-04-15 11:30"]

    with page.expect_response("**/compare/series*"):
        page.get_by_role("button", name="Year").click()
    assert (drawn(page)[0], drawn(page)[-1]) == ("2020-04-16", "2021-04-15")


def test_back_returns_to_the_range_before(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    address = f"/meters/{site.electricity.public_id}"
    page = portal.open(address)
    assert drawn(page)[0] == "2021-03-17"
    for button, first in (("Year", "2020-04-16"), ("Day", "2021-04-15 11:30")):
        with page.expect_response("**/compare/series*"):
            page.get_by_role("button", name=button, exact=True).click()
        assert drawn(page)[0] == first
    assert page.url.endswith("?start=2021-04-15&end=2021-04-15")

    with page.expect_response("**/compare/series*"):
        page.go_back()
    assert (page.url.partition("?")[2], drawn(page)[0]) == ("start=2020-04-16&end=2021-04-15", "2020-04-16")
    assert page.get_by_label("From").input_value() == "2020-04-16"
    with page.expect_response("**/compare/series*"):
        page.go_back()
    assert (page.url, drawn(page)[0]) == (portal.root + address, "2021-03-17")

    page.go_forward()
    sent_on = portal.open(address + "?start=2020-04-16&end=2021-04-15")
    assert drawn(sent_on)[0] == "2020-04-16"


def test_day_pointed_at_opens_into_its_reads(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open(f"/meters/{site.electricity.public_id}?start=2021-04-14&end=2021-05-05")
    drawn(page)
    at = page.evaluate(
        "echarts.getInstanceByDom(document.querySelector('[data-chart]'))"
        ".convertToPixel({xAxisIndex: 0, yAxisIndex: 0}, ['2021-04-15', 500])"
    )
    with page.expect_response("**/compare/series*"):
        page.locator("[data-chart]").click(position={"x": at[0], "y": at[1]})
    assert drawn(page) == ["2021-04-15 11:30"]
    assert page.get_by_text("15 Apr 2021, each read.").is_visible()


def test_handles_and_buttons_narrow_and_widen(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open(f"/meters/{site.electricity.public_id}")
    drawn(page)
    with page.expect_response("**/compare/series*"):
        page.evaluate(
            "echarts.getInstanceByDom(document.querySelector('[data-chart]'))"
            ".dispatchAction({type: 'dataZoom', start: 70, end: 100})"
        )
    assert (drawn(page)[0], drawn(page)[-1]) == ("2021-04-06 00:00", "2021-04-15 23:00")
    for button, first, last in (
        ("Zoom in", "2021-04-08 00:00", "2021-04-13 23:00"),
        ("Later", "2021-04-10 00:00", "2021-04-15 23:00"),  # no further than today
        ("Zoom out", "2021-04-04 00:00", "2021-04-15 23:00"),
        ("Back to start", "2021-03-17", "2021-04-15"),
        ("Earlier", "2021-02-15", "2021-03-16"),
    ):
        with page.expect_response("**/compare/series*"):
            page.get_by_role("button", name=button, exact=True).click()
        assert (drawn(page)[0], drawn(page)[-1]) == (first, last), button


def test_meter_against_a_year_before(portal: Portal, site: Site) -> None:
    read(site.water, [("2020-04-10T00:00:00", "1"), ("2020-04-15T11:45:00", "2.5")])
    portal.sign_in(site.admin.email)
    page = portal.open(f"/meters/{site.water.public_id}")
    drawn(page)
    with page.expect_response("**/compare/series*"):
        page.get_by_label("Against").select_option("a year before")
    page.get_by_text("Suite 101 Water: 3.75 m³ · a year before: 1.5 m³").wait_for()
    assert page.url.endswith("&against=year")

    page.get_by_text("Table of what the chart shows").click()
    rows = page.locator("[data-chart-table] tbody tr")
    assert rows.last.inner_text().split("\t") == ["2021-04-15", "1.25", "1.5"]
    portal.check("meter-against-year")

    page.get_by_role("button", name="Download what is shown").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.path().read_text().splitlines()[-1] == "2021-04-15,Suite 101 Water,W,m3,1.25,2020-04-15,1.5"


def test_compare(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open("/compare")
    page.get_by_label("Choose from").select_option(label="Maple Tower")
    page.wait_for_url("**property=*")
    page.get_by_label("Suite 101 Electricity").check()
    page.get_by_label("Suite 101, Water").check()
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**show=*")
    page.get_by_label("Against").select_option("the period before")
    page.wait_for_url("**against=period*")
    assert drawn(page)[-1] == "2021-04-15"
    portal.check("compare")
    portal.open(f"/properties/{site.tower.public_id}")
    drawn(page)
    portal.check("property")
    page.get_by_role("link", name="Suite 101", exact=True).first.click()
    page.wait_for_url("**/suites/*")
    drawn(page)
    portal.check("suite")

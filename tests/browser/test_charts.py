"""Charts that zoom: a meter's, and several compared."""

from tests.browser.conftest import Portal
from tests.portal.conftest import Site


def drawn(page) -> list[str]:
    """The labels under the chart, once it is drawn."""
    page.locator("[data-chart]:not([aria-busy]) canvas").first.wait_for()
    return page.evaluate("echarts.getInstanceByDom(document.querySelector('[data-chart]')).getOption().xAxis[0].data")


def test_meter_chart_zooms(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open(f"/meters/{site.electricity.public_id}")
    assert (drawn(page)[0], drawn(page)[-1]) == ("2021-03-17 00:00", "2021-04-15 23:00")
    portal.check("meter")

    with page.expect_response("**/compare/series*"):
        page.get_by_role("button", name="Day", exact=True).click()
    assert drawn(page) == ["2021-04-15 11:30"]

    with page.expect_response("**/compare/series*"):
        page.get_by_role("button", name="Year").click()
    assert (drawn(page)[0], drawn(page)[-1]) == ("2020-04-16", "2021-04-15")


def test_compare(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open("/compare")
    page.get_by_label("Choose from").select_option(label="Maple Tower")
    page.wait_for_url("**property=*")
    page.get_by_label("Suite 101 Electricity").check()
    page.get_by_label("Suite 101, Water").check()
    page.get_by_label("With the period before").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**show=*")
    assert drawn(page)[-1] == "2021-04-15 23:00"
    portal.check("compare")

"""The reports on screen, as files, and who may have them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.exporters import FORMATS
from tests.portal.conftest import browser
from tests.portal.pages import document, table, text

APRIL = {"start": "2021-04-01", "end": "2021-04-15"}


def asked(site, report, **query):
    return {"report": report, "property": site.tower.public_id, **APRIL, **query}


def test_first_look_offers_thirty_days(site):
    page = document(browser(site.admin).get("/reports", {"property": site.tower.public_id}))

    assert page.xpath("//input[@type='date']/@value") == ["2021-03-17", "2021-04-15"]
    assert page.xpath("//nav//a[@aria-current]/@href") == ["/reports"]


def test_address_without_days_shows_the_last_thirty(site):
    query = {"report": "period-consumption", "property": site.tower.public_id}

    response = browser(site.admin).get("/reports", query)

    assert response.status_code == 200
    assert document(response).xpath("//input[@type='date']/@value") == ["2021-03-17", "2021-04-15"]


@pytest.mark.parametrize(
    ("report", "caption", "rows"),
    [
        (
            "period-consumption",
            "Consumption of the period",
            [
                [
                    *("Suite 101 Electricity", "MFX-101", "Suite 101", "1 Apr 2021, 00:00", "16 Apr 2021, 00:00"),
                    *("100.000 kWh", "1,141.500 kWh", "1,041.500 kWh"),
                ],
            ],
        ),
        (
            "single-grand-total",
            "Register of one day",
            [["Suite 101 Electricity", "MFX-101", "Suite 101", "–", "–"]],
        ),
        (
            "daily-grand-total",
            "Register of each day",
            [
                ["15 Apr 2021", "Suite 101 Electricity", "MFX-101", "Suite 101", "15 Apr 2021, 11:30", "1,141.500 kWh"],
            ],
        ),
        (
            "interval",
            "Consumption by hour, day, month or year",
            [["2021-04", "Suite 101 Electricity", "MFX-101", "Suite 101", "1,041.500 kWh"]],
        ),
    ],
)
def test_report_on_screen(site, report, caption, rows):
    query = asked(site, report, meters=site.electricity.public_id, interval="month")

    page = document(browser(site.admin).get("/reports", query))

    found = table(page, caption)
    assert [row for row in found if row in rows] == rows, found
    assert page.xpath("//*[@data-chart]/@data-chart") == [f"/compare/series?show=meter-{site.electricity.public_id}"]


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_file_is_the_api_s(site, format):
    person = browser(site.admin)

    page = document(person.get("/reports", asked(site, "period-consumption")))
    (link,) = [one for one in page.xpath("//a/@href") if one.endswith(f"type={format}")]
    response = person.get(link)

    known = FORMATS[format]
    assert (response.status_code, response["Content-Type"]) == (200, known.content_type)
    name = f'attachment; filename="period-consumption_2021-04-01_2021-04-15.{known.extension}"'
    assert response.headers.get("Content-Disposition") == (name if known.extension else None)
    assert len(b"".join(response.streaming_content)) > 100


def test_errors_stand_beside_their_fields(site):
    response = browser(site.admin).get("/reports", asked(site, "interval", start="2021-05-01", interval="week"))

    page = document(response)
    assert response.status_code == 422
    assert [text(one) for one in page.xpath("//*[@class='field-error']")] == [
        "The last day must not be before the first.",
        "Select a valid choice. week is not one of the available choices.",
    ]


def test_file_that_asks_for_nothing_sensible_leads_to_the_form(site):
    response = browser(site.admin).get("/reports/file", {"report": "interval", "start": "soon", "type": "CSV"})

    assert (response.status_code, response["Location"]) == (302, "/reports?report=interval&start=soon&type=CSV")


def test_other_property_drops_the_meters_ticked(site):
    query = asked(site, "period-consumption", property=site.court.public_id, listed=site.tower.public_id)

    page = document(browser(site.admin).get("/reports", query | {"meters": site.electricity.public_id}))

    assert [row[0] for row in table(page, "Consumption of the period")] == ["Main Electricity"]
    assert page.xpath("//input[@name='listed']/@value") == [site.court.public_id]


def test_property_of_others_is_not_found(site):
    assert browser(site.clerk).get("/reports", asked(site, "interval")).status_code == 404
    assert browser(site.clerk).get("/reports/file", asked(site, "interval", type="CSV")).status_code == 404


def test_number_of_queries(site):
    person = browser(site.admin)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        person.get("/reports", asked(site, "daily-grand-total"))
    assert len(queries) < 20

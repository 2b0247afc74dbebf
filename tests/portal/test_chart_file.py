"""What a chart shows, as a file: the same figures in each of the eight formats."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from metering.models import Suite
from reporting.exporters import FORMATS
from tests.portal.conftest import browser, read
from tests.portal.pages import document


def file(site, user=None, **query):
    asked = {"show": f"meter-{site.water.public_id}", "start": "2021-04-15", "end": "2021-04-15", "type": "CSV"}
    response = browser(user or site.admin).get("/compare/file", asked | query)
    return response, b"".join(response.streaming_content) if response.streaming else response.content


def rows(content):
    return list(csv.reader(io.StringIO(content.decode())))


def test_csv_has_what_is_shown(site):
    keys = [f"meter-{site.electricity.public_id}", f"suite-{Suite.objects.get().public_id}-W"]

    response, content = file(site, show=keys, start="2021-03-01")

    assert response.headers["Content-Disposition"] == 'attachment; filename="consumption_2021-03-01_2021-04-15.csv"'
    assert rows(content) == [
        ["time_stamping", "name", "utility", "units", "consumption"],
        ["2021-03-31", "Suite 101 Electricity", "E", "kwh", "40"],
        ["2021-03-31", "Suite 101, Water", "W", "m3", "0"],
        ["2021-04-09", "Suite 101 Electricity", "E", "kwh", "30"],
        ["2021-04-11", "Suite 101 Electricity", "E", "kwh", "0"],
        ["2021-04-15", "Suite 101 Electricity", "E", "kwh", "1011.5"],
        ["2021-04-15", "Suite 101, Water", "W", "m3", "1.25"],
    ]


def test_earlier_range_stands_beside_with_its_own_times(site):
    read(site.water, [("2020-04-15T00:00:00", "1"), ("2020-04-15T11:45:00", "1.5")])

    assert rows(file(site, against="year")[1]) == [
        ["time_stamping", "name", "utility", "units", "consumption", "time_stamping_before", "consumption_before"],
        ["2021-04-15T11:30", "Suite 101 Water", "W", "m3", "1.25", "", ""],
        ["2021-04-15T11:45", "Suite 101 Water", "W", "m3", "", "2020-04-15T11:45", "0.5"],
    ]


def test_every_format_is_there_with_the_figure(site):
    assert len(list(FORMATS)) == 8
    for name in FORMATS:
        response, content = file(site, type=name)
        assert response.status_code == 200, name
        if name == "XLSX":
            sheet = load_workbook(io.BytesIO(content)).active
            assert [row[-1] for row in sheet.iter_rows(values_only=True)] == ["consumption", 1.25]
        else:
            assert b"1.25" in content, name
    assert json.loads(file(site, type="JSON")[1])[0]["name"] == "Suite 101 Water"


@pytest.mark.parametrize(
    ("query", "code"),
    [({"type": "DOC"}, 400), ({"type": ""}, 400), ({"start": "x"}, 400), ({"show": "meter-00000000"}, 404)],
)
def test_file_that_cannot_be(site, query, code):
    response, content = file(site, **query)

    assert (response.status_code, response.headers["Content-Type"]) == (code, "text/plain; charset=utf-8")
    assert content


def test_what_a_clerk_may_not_see_is_no_file(site):
    assert file(site, user=site.clerk)[0].status_code == 404


def test_chart_of_a_page_offers_each_format_of_its_range(site):
    page = document(
        browser(site.admin).get(f"/meters/{site.water.public_id}?start=2021-04-01&end=2021-04-15&against=year")
    )

    links = page.xpath("//a[@data-chart-file]/@href")
    assert links[0] == (
        f"/compare/file?show=meter-{site.water.public_id}&start=2021-04-01&end=2021-04-15&against=year&type=CSV"
    )
    assert [link.rpartition("=")[2] for link in links] == sorted(FORMATS)

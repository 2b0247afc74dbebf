"""The figures behind the charts, and the page that compares."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metering.ingest import RawRow, ingest
from metering.models import Suite
from tests.portal.conftest import browser, read
from tests.portal.pages import document, text


def series(site, user=None, **query):
    return browser(user or site.admin).get("/compare/series", {"start": "2021-04-01", "end": "2021-04-15", **query})


def test_meter_by_hour_over_two_weeks(site):
    answer = series(site, show=f"meter-{site.electricity.public_id}").json()

    assert (answer["step"], len(answer["labels"])) == ("hour", 15 * 24)
    assert [(one["name"], one["unit"]) for one in answer["series"]] == [("Suite 101 Electricity", "kWh")]
    assert points(answer) == [("2021-04-09 23:00", 30.0), ("2021-04-11 23:00", 0.0), ("2021-04-15 11:00", 1011.5)]


def points(answer, line=0):
    """The labels that have a figure, with it."""
    pairs = zip(answer["labels"], answer["series"][line]["data"], strict=True)
    return [(label, figure) for label, figure in pairs if figure is not None]


@pytest.mark.parametrize(
    ("start", "end", "step", "labels"),
    [
        ("2021-04-15", "2021-04-15", "read", ["2021-04-15 11:30"]),
        ("2021-03-17", "2021-04-15", "day", ["2021-03-31", "2021-04-09", "2021-04-11", "2021-04-15"]),
        ("2021-03-01", "2021-04-15", "day", ["2021-03-31", "2021-04-09", "2021-04-11", "2021-04-15"]),
        ("2018-01-01", "2021-04-15", "month", ["2021-02", "2021-03", "2021-04"]),
    ],
)
def test_step_fits_the_range(site, start, end, step, labels):
    answer = series(site, show=f"meter-{site.electricity.public_id}", start=start, end=end).json()

    assert (answer["step"], [label for label, _figure in points(answer)]) == (step, labels)


def test_lines_of_several_share_their_labels(site):
    keys = [f"meter-{site.electricity.public_id}", f"suite-{Suite.objects.get().public_id}-W"]

    answer = series(site, show=keys, start="2021-03-01").json()

    assert [(one["name"], one["unit"]) for one in answer["series"]] == [
        ("Suite 101 Electricity", "kWh"),
        ("Suite 101, Water", "m³"),
    ]
    assert answer["labels"][0] == "2021-03-01"
    assert points(answer, 1) == [("2021-03-31", 0.0), ("2021-04-15", 1.25)]


def test_property_counts_its_general_meter(site):
    answer = series(site, show=f"property-{site.court.public_id}-E", start="2021-03-01").json()

    assert [one["name"] for one in answer["series"]] == ["Harbour Court, Electricity"]
    assert points(answer) == [("2021-03-31", 0.0), ("2021-04-15", 200.5)]


def test_period_before_stands_under_the_present_labels(site):
    keys = {"show": f"meter-{site.electricity.public_id}", "against": "period"}
    reads = series(site, start="2021-04-14", end="2021-04-15", **keys).json()
    days = series(site, start="2021-04-12", end="2021-05-20", **keys).json()
    months = series(site, start="2018-05-20", end="2021-04-15", **keys).json()

    assert [one["name"] for one in reads["series"]] == [
        "Suite 101 Electricity",
        "Suite 101 Electricity, the period before",
    ]
    assert (points(days), points(days, 1)) == (
        [("2021-04-15", 1011.5)],
        [("2021-05-09", 40.0), ("2021-05-18", 30.0), ("2021-05-20", 0.0)],
    )
    assert months["said"] == "20 May 2018 – 15 Apr 2021, by month, against 23 Jun 2015 – 19 May 2018."


def test_year_before_stands_under_the_same_days(site):
    read(site.water, [("2019-12-31T00:00:00", "0"), ("2020-02-28T23:00:00", "1"), ("2020-02-29T23:00:00", "3")])
    read(site.water, [("2020-03-01T23:00:00", "3.5"), ("2021-02-28T22:00:00", "4"), ("2021-03-01T22:00:00", "4.25")])

    answer = series(
        site, show=f"meter-{site.water.public_id}", start="2021-02-01", end="2021-03-10", against="year"
    ).json()

    assert points(answer) == [("2021-02-28", 0.5), ("2021-03-01", 0.25)]
    assert points(answer, 1) == [("2021-02-28", 1.0), ("2021-03-01", 0.5)]  # 29 February has no day to stand under
    assert [(one["name"], one["total"], one.get("before")) for one in answer["series"]] == [
        ("Suite 101 Water", "0.75 m³", None),
        ("Suite 101 Water, a year before", "1.5 m³", "a year before"),
    ]
    assert answer["said"] == "1 Feb 2021 – 10 Mar 2021, by day, against 1 Feb 2020 – 10 Mar 2020."


def test_reads_of_a_year_before_have_their_own_times(site):
    read(site.water, [("2020-04-15T00:00:00", "1"), ("2020-04-15T11:45:00", "1.5")])

    answer = series(
        site, show=f"meter-{site.water.public_id}", start="2021-04-15", end="2021-04-15", against="year"
    ).json()

    assert answer["labels"] == ["2021-04-15 11:30", "2021-04-15 11:45"]
    assert (points(answer), points(answer, 1)) == ([("2021-04-15 11:30", 1.25)], [("2021-04-15 11:45", 0.5)])


def test_nothing_read_is_said(site):
    answer = series(site, show=f"meter-{site.water.public_id}", start="2019-04-01", end="2019-04-02").json()

    assert (answer["labels"], answer["series"][0]["total"]) == ([], "nothing read")
    assert answer["said"] == "1 Apr 2019 – 2 Apr 2019, each read."


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"start": ""}, 400),
        ({"start": "2021-05-01"}, 400),
        ({"start": "x"}, 400),
        ({"show": []}, 400),
        ({"against": "x"}, 400),
        ({"show": ["meter-00000000"]}, 404),
        ({"show": ["meter-x"]}, 404),
        ({"show": ["suite-00000000-Z"]}, 404),
    ],
)
def test_series_that_cannot_be(site, query, code):
    answer = series(site, **{"show": f"meter-{site.electricity.public_id}", **query})

    assert answer.status_code == code
    assert answer.json()["message"]


def test_what_a_clerk_may_not_see_is_not_shown(site):
    for key in (
        f"meter-{site.electricity.public_id}",
        f"suite-{Suite.objects.get().public_id}-E",
        f"property-{site.tower.public_id}-E",
    ):
        assert series(site, site.clerk, show=key).status_code == 404


def test_compare_offers_property_suites_and_meters(site):
    page = document(browser(site.admin).get(f"/compare?property={site.tower.public_id}"))

    assert [text(one) for one in page.xpath("//fieldset//label")] == [
        "Maple Tower, Electricity",
        "Maple Tower, Water",
        "Suite 101, Electricity",
        "Suite 101, Water",
        "Suite 101 Electricity",
        "Suite 101 Water",
    ]


def test_queries_do_not_grow_with_the_reads(site):
    address = f"/compare/series?show=property-{site.tower.public_id}-E&start=2021-03-01&end=2021-04-15"
    client = browser(site.admin)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    rows = [
        RawRow(number, ("serial_number", "time_stamping", "kwh"), ("MFX-101", f"2021-04-13T{number:02}:00:00", "130"))
        for number in range(1, 24)
    ]
    ingest(property=site.tower, rows=rows)
    read(site.electricity, [("2021-04-14T00:00:00", "130")])

    with CaptureQueriesContext(connection) as after:
        client.get(address)

    assert len(after) == len(before) <= 10

"""The list of reads for review: seen, ticked off with a note, and put back."""

import pytest

from metering.ingest import RawRow, ingest
from metering.models import ReadReview
from tests.factories.accounts import AdminFactory
from tests.portal.conftest import browser, read
from tests.portal.pages import document, table, text, tiles

OUTLIER = "outlier The registers before and after it agree without it; it is not billed."
RESET = "reset or replaced The register fell and goes on from there; nothing is billed for the step."


@pytest.fixture
def odd(site):
    """A second odd read: the court's meter was replaced."""
    read(site.general, [("2021-04-15T13:20:00", "3")])


def reads(client, query=""):
    return table(document(client.get(f"/review{query}")), "Reads for review")


def boxes(client, query=""):
    return document(client.get(f"/review{query}")).xpath("//input[@name='read']/@value")


def said(response):
    page = document(response)
    return [text(one) for one in page.xpath("//*[contains(@class, 'alert')]")]


def test_list_says_what_is_odd(site, odd, django_assert_num_queries):
    client = browser(site.admin)
    client.get("/review")

    with django_assert_num_queries(6):
        page = document(client.get("/review"))

    assert table(page, "Reads for review") == [
        ["Main Electricity", "Harbour Court", "15 Apr 2021, 13:20", "3.000 kWh", RESET],
        ["Suite 101 Electricity", "Maple Tower", "12 Apr 2021, 00:00", "0.000 kWh", OUTLIER],
    ]


@pytest.mark.parametrize(
    ("query", "meters"),
    [
        (lambda site: f"?property={site.tower.public_id}", ["Suite 101 Electricity"]),
        (lambda site: f"?meter={site.general.public_id}", ["Main Electricity"]),
        (lambda site: "?flag=1", ["Suite 101 Electricity"]),
        (lambda site: "?flag=2", ["Main Electricity"]),
        (lambda site: "?q=MFX-101", ["Suite 101 Electricity"]),
        (lambda site: "?utility=W", []),
        (lambda site: "?state=reviewed", []),
        (lambda site: "?state=all", ["Main Electricity", "Suite 101 Electricity"]),
        (lambda site: "?meter=00000000", []),
        (lambda site: "?flag=9", []),
    ],
)
def test_list_is_narrowed(site, odd, query, meters):
    page = document(browser(site.admin).get(f"/review{query(site)}"))

    assert [text(one) for one in page.xpath("//tbody//th")] == meters


def test_what_is_ticked_is_settled_and_the_count_falls(site, odd):
    client = browser(site.admin)
    client.get("/")
    assert "2 reads are for review" in client.get("/").content.decode()
    _first, second = boxes(client)

    response = client.post(
        "/review/mark", {"read": [second], "note": "gateway restarted", "act": "review"}, follow=True
    )

    assert said(response) == ["1 read is reviewed."]
    assert [row[0] for row in reads(client)] == ["Main Electricity"]
    assert "1 read is for review" in client.get("/").content.decode()
    assert tiles(document(client.get(f"/meters/{site.electricity.public_id}")))["For review"] == (
        "0",
        "all odd reads are reviewed",
    )
    assert reads(client, "?state=reviewed") == [
        [
            "Suite 101 Electricity",
            "Maple Tower",
            "12 Apr 2021, 00:00",
            "0.000 kWh",
            OUTLIER,
            "reviewed Mary Singh · 15 Apr 2021, 12:00 gateway restarted",
        ]
    ]


def test_review_is_taken_back(site, odd):
    client = browser(site.admin)
    client.post("/review/mark", {"read": boxes(client), "act": "review"})
    assert reads(client, "?state=reviewed")[0][0] == "Main Electricity"
    assert "Nothing to review" in text(document(client.get("/review")).xpath("//main")[0])
    (first, _second) = boxes(client, "?state=reviewed")

    response = client.post("/review/mark?state=reviewed", {"read": [first], "act": "reopen"})

    assert response.headers["Location"] == "/review?state=reviewed"
    assert [row[0] for row in reads(client)] == ["Main Electricity"]


def test_all_of_the_list_are_settled_at_once(site, odd):
    rows = [
        RawRow(number, ("serial_number", "time_stamping", "m3"), ("W-101", f"2021-04-{day:02}T{hour:02}:00:00", figure))
        for number, (day, hour, figure) in enumerate(
            ((day, hour, "5.1" if hour % 2 else "0") for day in range(2, 9) for hour in range(20)), 1
        )
    ]
    ingest(property=site.tower, rows=rows)
    client = browser(site.admin)
    assert "70 reads" in text(
        document(client.get("/review?utility=W")).xpath("//*[@id='results']//*[@role='status']")[0]
    )

    response = client.post("/review/mark?utility=W", {"every": "on", "act": "review"}, follow=True)

    assert said(response) == ["70 reads are reviewed."]
    assert [row[0] for row in reads(client)] == ["Main Electricity", "Suite 101 Electricity"]


def test_nothing_ticked_says_so(site):
    client = browser(site.admin)

    assert said(client.post("/review/mark", {"act": "review"}, follow=True)) == [
        "Nothing was ticked, so nothing has changed."
    ]


def test_note_that_is_too_long_is_refused(site):
    client = browser(site.admin)

    response = client.post("/review/mark", {"read": boxes(client), "note": "x" * 501, "act": "review"}, follow=True)

    assert said(response) == ["A note has at most 500 characters."]
    assert response.content.count(b"alert-danger") == 1
    assert not ReadReview.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "stranger to the company"])
@pytest.mark.parametrize("act", ["review", "reopen"])
def test_reads_of_others_do_not_exist(site, who, act):
    client = browser(site.admin)
    keys = boxes(client)
    if act == "reopen":
        client.post("/review/mark", {"read": keys, "act": "review"})
    before = ReadReview.objects.count()
    other = browser(site.clerk if who == "clerk" else AdminFactory())

    assert reads_of(other) == []
    assert other.post("/review/mark", {"read": keys, "act": act}).status_code == 404
    other.post("/review/mark?state=all", {"every": "on", "act": act})
    assert ReadReview.objects.count() == before


def reads_of(client):
    return boxes(client, "?state=all")


@pytest.mark.parametrize("key", ["x", "@", "00000000@2021-04-12T04:00:00+00:00", "00000000@soon"])
def test_key_that_cannot_be_is_not_found(site, key):
    assert browser(site.admin).post("/review/mark", {"read": [key], "act": "review"}).status_code == 404

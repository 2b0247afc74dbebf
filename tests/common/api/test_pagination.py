import pytest

from metering.models import Suite

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.common.api.suites")]
SUITES = "/api/v1/suites"


@pytest.fixture(autouse=True)
def suites(house):
    """Five suites, named 0 to 4."""
    for number in range(5):
        Suite.objects.create(property=house, name=str(number))


def names(answer):
    return [row["name"] for row in answer.json()]


def test_list_is_whole_unless_asked_otherwise(client):
    answer = client.get(SUITES)
    assert names(answer) == ["0", "1", "2", "3", "4"]
    assert "Link" not in answer.headers


def test_page_has_its_total_and_its_neighbours(client):
    answer = client.get(SUITES, {"limit": 2, "offset": 2})
    assert names(answer) == ["2", "3"]
    assert answer.headers["X-Total-Count"] == "5"
    assert answer.headers["Link"] == (
        '<http://testserver/api/v1/suites?limit=2&offset=0>; rel="first", '
        '<http://testserver/api/v1/suites?limit=2&offset=4>; rel="last", '
        '<http://testserver/api/v1/suites?limit=2&offset=0>; rel="prev", '
        '<http://testserver/api/v1/suites?limit=2&offset=4>; rel="next"'
    )


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ({"limit": 3}, ["0", "1", "2"]),
        ({"offset": 3}, ["3", "4"]),
        ({"offset": 9}, []),
        ({"limit": 1000}, ["0", "1", "2", "3", "4"]),
        ({"offset": 0}, ["0", "1", "2", "3", "4"]),
    ],
)
def test_either_alone_serves(client, query, page):
    answer = client.get(SUITES, query)
    assert (names(answer), answer.headers["X-Total-Count"]) == (page, "5")


def test_filters_stay_in_the_links(client, house):
    answer = client.get(SUITES, {"limit": 4, "property": house.public_id})
    assert f"limit=4&offset=4&property={house.public_id}" in answer.headers["Link"]


@pytest.mark.parametrize(
    "query",
    [{"limit": 0}, {"limit": -1}, {"limit": "x"}, {"limit": ""}, {"limit": "1.5"}, {"offset": -1}, {"offset": 10**12}],
)
def test_what_is_no_number_is_400(client, query):
    answer = client.get(SUITES, query)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, list(query))

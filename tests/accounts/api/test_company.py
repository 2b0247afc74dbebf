"""/company (reference, Company; decisions, section 5)."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories.accounts import StaffFactory, api_client

ADDRESS = "/api/v1/company"
THEN = datetime(2021, 3, 29, 21, 13, 19, tzinfo=UTC)


@pytest.fixture
def company(client):
    with time_machine.travel(THEN, tick=False):
        company = client.user.company
        company.name, company.created = "Maple", THEN
        company.save()
    return company


def test_get_is_ones_own_company_in_its_own_zone(client, company, django_assert_num_queries):
    with django_assert_num_queries(2):
        answer = client.get(ADDRESS)

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "created": "2021-03-29T17:13:19",
            "id": company.public_id,
            "name": "Maple",
            "tax_number": "",
            "timezone": "America/Toronto",
            "updated": "2021-03-29T17:13:19",
        },
    )


def test_put_changes_what_it_is_sent(client, company):
    answer = client.put(ADDRESS, {"name": "Oak", "tax_number": "12345 RT0001", "id": "00000000"})

    assert (answer.status_code, answer.content) == (204, b"")
    company.refresh_from_db()
    assert (company.name, company.tax_number, company.timezone) == ("Oak", "12345 RT0001", "America/Toronto")


def test_put_takes_back_what_get_gave(client, company):
    assert client.put(ADDRESS, client.get(ADDRESS).json()).status_code == 204


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", None),
        ("name", 5),
        ("name", "x" * 201),
        ("tax_number", "x" * 41),
        ("timezone", "Toronto"),
        ("colour", "red"),
    ],
)
def test_put_refuses_what_is_not_valid_and_names_it(client, company, field, value):
    answer = client.put(ADDRESS, {"name": "Oak", field: value})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    company.refresh_from_db()
    assert company.name == "Maple"


@pytest.mark.django_db
def test_staff_of_no_company_have_none():
    client = api_client(user=StaffFactory(is_admin=True))

    assert [client.get(ADDRESS).status_code, client.put(ADDRESS, {"name": "Oak"}).status_code] == [404, 404]

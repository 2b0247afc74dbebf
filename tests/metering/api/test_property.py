"""GET and PUT /property (reference, Property)."""

import pytest
import time_machine

from tests.factories.accounts import UserFactory, api_client
from tests.factories.metering import PropertyFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/property"


@pytest.fixture
def client():
    return api_client("property:info:*")


def made(company, **fields):
    with time_machine.travel("2021-03-29T17:15:15Z", tick=False):
        return PropertyFactory(company=company, **fields)


def shown(property, **changes):
    return {
        "address": "123 Main St.",
        "company": property.company.public_id,
        "created": "2021-03-29T13:15:15",
        "display_name": property.display_name,
        "id": property.public_id,
        "job_name": property.job_name,
        "job_number": property.job_number,
        "updated": "2021-03-29T13:15:15",
    } | changes


def test_all_properties_come_by_name_each_in_its_own_time(client):
    second = made(client.user.company, display_name="B")
    first = made(client.user.company, display_name="A", timezone="America/St_Johns")
    PropertyFactory()
    response = client.get(ADDRESS)
    assert (response.status_code, response.json()) == (
        200,
        [shown(first, created="2021-03-29T14:45:15", updated="2021-03-29T14:45:15"), shown(second)],
    )


def test_one_property_comes_as_a_list_of_one(client):
    property = made(client.user.company)
    made(client.user.company)
    assert client.get(ADDRESS, {"property": property.public_id}).json() == [shown(property)]


def test_properties_of_any_number_take_as_many_queries(client, django_assert_num_queries):
    for _ in range(3):
        PropertyFactory(company=client.user.company)
    with django_assert_num_queries(2):
        assert len(client.get(ADDRESS).json()) == 3


def test_user_sees_the_properties_given_alone():
    given, withheld = PropertyFactory(), None
    withheld = PropertyFactory(company=given.company)
    client = api_client("property:info:read", user=UserFactory(company=given.company, all_properties=False))
    given.access.create(user=client.user)
    assert [row["id"] for row in client.get(ADDRESS).json()] == [given.public_id]
    assert client.get(ADDRESS, {"property": withheld.public_id}).status_code == 404


@time_machine.travel("2021-04-09T14:44:43Z", tick=False)
def test_put_changes_what_it_is_sent_and_answers_the_property(client):
    property = made(client.user.company)
    body = {"address": "New Address", "display_name": "New Display Name", "job_number": "ignored", "id": "ignored"}
    response = client.put(f"{ADDRESS}?property={property.public_id}", body)
    assert (response.status_code, response.json()) == (
        200,
        shown(property, address="New Address", display_name="New Display Name", updated="2021-04-09T10:44:43"),
    )


@pytest.mark.parametrize(
    ("body", "field"),
    [({"timezone": "UTC"}, "timezone"), ({"address": None}, "address"), ({"job_name": ""}, "job_name")],
)
def test_put_of_a_wrong_body_names_the_field(client, body, field):
    property = PropertyFactory(company=client.user.company)
    response = client.put(f"{ADDRESS}?property={property.public_id}", body)
    assert (response.status_code, list(response.json()["fields"])) == (400, [field])


def test_put_without_a_property_is_refused(client):
    response = client.put(ADDRESS, {"address": "x"})
    assert (response.status_code, list(response.json()["fields"])) == (400, ["property"])


def test_put_of_a_foreign_property_is_not_found_and_changes_nothing(client):
    property = PropertyFactory()
    assert client.put(f"{ADDRESS}?property={property.public_id}", {"address": "x"}).status_code == 404
    property.refresh_from_db()
    assert property.address == "123 Main St."


def test_put_needs_its_admin_scope():
    client = api_client("property:info:update", user=UserFactory())
    property = PropertyFactory(company=client.user.company)
    assert client.put(f"{ADDRESS}?property={property.public_id}", {"address": "x"}).status_code == 403

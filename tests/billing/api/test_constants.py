"""GET and PUT /billing/constants (reference, Constants)."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine

from billing.models import Constants
from tests.factories.metering import PropertyFactory

ADDRESS = "/api/v1/billing/constants"
NOW = datetime(2021, 4, 12, 15, 3, 15, tzinfo=UTC)


def shown(property, **changes):
    return {
        "days_to_pay": 30,
        "invoice_from": "",
        "price_per_electricity": 13.0,
        "price_per_gas": 13.0,
        "price_per_water": 13.0,
        "property": property.public_id,
        "tax_rate": 13.0,
        "updated": "2021-04-12T11:03:15",
    } | changes


@pytest.fixture
def property(client):
    with time_machine.travel(NOW, tick=False):
        return PropertyFactory(company=client.user.company, display_name="A")


def test_constants_are_there_from_the_start_with_the_decided_defaults(client, property):
    answer = client.get(ADDRESS, {"property": property.public_id})

    assert (answer.status_code, answer.json()) == (200, [shown(property)])


def test_constants_of_all_properties_take_as_many_queries(client, property, django_assert_num_queries):
    others = [PropertyFactory(company=property.company, display_name=name) for name in "BC"]
    PropertyFactory()

    with django_assert_num_queries(2):
        answer = client.get(ADDRESS)

    assert [row["property"] for row in answer.json()] == [one.public_id for one in [property, *others]]


@time_machine.travel(NOW, tick=False)
def test_put_changes_what_it_is_sent_and_leaves_the_rest(client, property):
    answer = client.put(
        f"{ADDRESS}?property={property.public_id}", {"price_per_gas": 42.5, "tax_rate": 5, "invoice_from": "Maple"}
    )

    expected = shown(property, price_per_gas=42.5, tax_rate=5.0, invoice_from="Maple")
    assert (answer.status_code, answer.json()) == (200, expected)
    assert Constants.objects.get(property=property).price_per_gas == Decimal("42.5")


def test_what_came_out_can_be_put_back(client, property):
    PropertyFactory(company=property.company)
    before = client.get(ADDRESS, {"property": property.public_id}).json()[0]

    answer = client.put(ADDRESS, before)

    assert answer.status_code == 200
    assert {**answer.json(), "updated": None} == {**before, "updated": None}


def test_put_without_a_property_means_the_companys_only_one(client, property):
    assert client.put(ADDRESS, {"days_to_pay": 14}).json()["days_to_pay"] == 14


def test_put_without_a_property_is_refused_where_there_are_several(client, property):
    PropertyFactory(company=property.company)

    answer = client.put(ADDRESS, {"days_to_pay": 14})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["property"])


def test_put_without_a_property_is_refused_where_the_only_visible_one_is_not_the_only_one(client, property):
    PropertyFactory(company=property.company)
    client.user.is_admin = client.user.all_properties = False
    client.user.save()
    property.access.create(user=client.user)

    assert client.put(ADDRESS, {"days_to_pay": 14}).status_code == 400


def test_query_and_body_must_not_disagree(client, property):
    other = PropertyFactory(company=property.company)

    answer = client.put(f"{ADDRESS}?property={property.public_id}", {"property": other.public_id, "days_to_pay": 1})

    assert answer.status_code == 400
    assert set(Constants.objects.values_list("days_to_pay", flat=True)) == {30}


@pytest.mark.parametrize("where", ["query", "body"])
def test_a_foreign_property_is_not_found(client, property, where):
    foreign = PropertyFactory()
    query = f"?property={foreign.public_id}" if where == "query" else ""
    body = {"property": foreign.public_id} if where == "body" else {}

    answer = client.put(f"{ADDRESS}{query}", {**body, "days_to_pay": 1})

    assert answer.status_code == 404
    assert Constants.objects.get(property=foreign).days_to_pay == 30


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price_per_gas", -0.01),
        ("price_per_gas", "13"),
        ("price_per_gas", True),
        ("price_per_gas", None),
        ("price_per_gas", 0.1234567),
        ("tax_rate", 100.5),
        ("days_to_pay", -1),
        ("days_to_pay", 1.5),
        ("days_to_pay", 3651),
        ("invoice_from", 5),
        ("colour", "red"),
    ],
)
def test_put_refuses_what_is_not_valid_and_names_it(client, property, field, value):
    answer = client.put(f"{ADDRESS}?property={property.public_id}", {field: value})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])

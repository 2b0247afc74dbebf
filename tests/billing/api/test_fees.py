"""/billing/fee and /feeFlush (reference, Fee)."""

import pytest

from billing.models import Fee
from tests.factories.billing import FeeFactory
from tests.factories.metering import PropertyFactory

ADDRESS = "/api/v1/billing/fee"


def shown(fee, **changes):
    return {
        "active": fee.active,
        "id": fee.public_id,
        "name": fee.name,
        "property": fee.property.public_id,
        "value": float(fee.value),
    } | changes


def test_fees_of_a_property(client, property, django_assert_num_queries):
    fees = [FeeFactory(property=property), FeeFactory(property=property, active=False), FeeFactory(property=property)]
    FeeFactory(property__company=property.company)

    with django_assert_num_queries(3):
        answer = client.get(ADDRESS, {"property": property.public_id})

    assert (answer.status_code, answer.json()) == (200, [shown(fee) for fee in fees])


def test_one_fee_comes_as_a_list_of_one(client, property):
    fee, _ = FeeFactory(property=property), FeeFactory(property=property)

    assert client.get(ADDRESS, {"property": property.public_id, "id": fee.public_id}).json() == [shown(fee)]


@pytest.mark.parametrize("where", ["query", "body", "nowhere"])
def test_post_creates_a_fee(client, property, where):
    query = f"?property={property.public_id}" if where == "query" else ""
    body = {"property": property.public_id} if where == "body" else {}

    answer = client.post(f"{ADDRESS}{query}", {**body, "name": "My New Fee", "value": 10.25})

    fee = Fee.objects.get()
    expected = {
        "active": True,
        "id": fee.public_id,
        "name": "My New Fee",
        "property": property.public_id,
        "value": 10.25,
    }
    assert (answer.status_code, answer.json()) == (201, expected)


def test_post_without_a_property_is_refused_where_there_are_several(client, property):
    PropertyFactory(company=property.company)

    answer = client.post(ADDRESS, {"name": "My New Fee", "value": 10.25})

    assert (answer.status_code, list(answer.json()["fields"]), Fee.objects.count()) == (400, ["property"], 0)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"value": 1}, ["name"]),
        ({"name": "Fee"}, ["value"]),
        ({"name": "", "value": 1}, ["name"]),
        ({"name": "Fee", "value": "1"}, ["value"]),
        ({"name": "Fee", "value": 1.005}, ["value"]),
        ({"name": "Fee", "value": 1, "active": "yes"}, ["active"]),
        ({"name": "Fee", "value": 1, "colour": "red"}, ["colour"]),
        ([], None),
    ],
)
def test_post_refuses_what_is_not_valid_and_names_it(client, property, body, fields):
    answer = client.post(f"{ADDRESS}?property={property.public_id}", body)

    assert (answer.status_code, list(answer.json().get("fields", {})) or None) == (400, fields)
    assert not Fee.objects.exists()


def test_put_changes_what_it_is_sent(client, property, address):
    fee = FeeFactory(property=property)

    answer = client.put(address("fee", id=fee.public_id), {"value": 7.5, "id": "ffffffff", "property": "ffffffff"})

    assert (answer.status_code, answer.json()) == (200, shown(fee, value=7.5))


def test_delete_returns_what_it_deleted(client, property, address):
    fee = FeeFactory(property=property)

    answer = client.delete(address("fee", id=fee.public_id))

    assert (answer.status_code, answer.json(), Fee.objects.count()) == (200, shown(fee), 0)


@pytest.mark.parametrize("address", ["/api/v1/feeFlush", "/api/v1/billing/feeFlush"])
def test_flush_puts_new_fees_in_the_place_of_all(client, property, address):
    old = FeeFactory(property=property)
    elsewhere = FeeFactory(property__company=property.company)

    answer = client.post(
        f"{address}?property={property.public_id}",
        [{"active": True, "name": "My New Fee", "value": 10.25}, {**shown(old), "name": "Kept"}],
    )

    assert answer.status_code == 201
    assert [(row["name"], row["value"]) for row in answer.json()] == [("My New Fee", 10.25), ("Kept", 6.26)]
    assert old.public_id not in {row["id"] for row in answer.json()}
    assert set(Fee.objects.values_list("public_id", flat=True)) == {
        elsewhere.public_id,
        *(row["id"] for row in answer.json()),
    }


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ([{"name": "Fine", "value": 1}, {"name": "No value"}], "1.value: This field is required."),
        ({"name": "Fee", "value": 1}, "Must be a JSON list of fees."),
    ],
)
def test_flush_changes_nothing_where_one_fee_is_not_valid(client, property, address, body, message):
    fee = FeeFactory(property=property)

    answer = client.post(address("feeFlush"), body)

    assert (answer.status_code, answer.json()["message"]) == (400, message)
    assert list(Fee.objects.all()) == [fee]


def test_flush_with_an_empty_list_leaves_none(client, property, address):
    FeeFactory(property=property)

    assert (client.post(address("feeFlush"), []).json(), Fee.objects.count()) == ([], 0)


def test_flush_needs_the_property(client, property):
    assert client.post("/api/v1/feeFlush", []).status_code == 400

"""Every list × every id that it can be narrowed by: one that is not there for the asker is a 404, never an empty list."""

from typing import Any

import pytest

from intellimeter.api_docs.views import document
from intellimeter.common.public_ids import PATTERN
from tests.contract.calls import ROOT, Operation, call
from tests.contract.operations import OPERATIONS
from tests.contract.world import World
from tests.factories.accounts import AdminFactory, api_client

pytestmark = pytest.mark.django_db

LISTS = [one for one in OPERATIONS if one.method == "GET" and not one.path]
KINDS = {"user": "colleague"}
"""What parameters name, where it is not what they are called."""
OF_A_PROPERTY = {"suite", "tenant", "service"}
NOWHERE = "00000000"


def ids_taken(operation: Operation) -> list[str]:
    """The query parameters that hold an id, as the API's description has them."""
    described = document()["paths"][ROOT + operation.address]["get"].get("parameters", [])
    return [one["name"] for one in described if one["schema"].get("pattern") == PATTERN]


@pytest.mark.parametrize("operation", [one for one in LISTS if ids_taken(one)], ids=str)
def test_an_id_that_is_not_there_for_the_asker(operation):
    world, other = World(), World()
    client = api_client(user=world.user)
    unknown = [
        (name, value)
        for name in ids_taken(operation)
        for value in ([*other.ids.values()] if name == "id" else [other.ids[KINDS.get(name, name)]]) + [NOWHERE]
    ]

    found = {one: narrowed(client, operation, world, *one).status_code for one in unknown}

    assert found == dict.fromkeys(unknown, 404)


@pytest.mark.parametrize("operation", [one for one in LISTS if OF_A_PROPERTY & set(ids_taken(one))], ids=str)
def test_an_id_of_another_property_than_the_one_that_is_named(operation):
    """As for an object itself: `?property=` and `?id=` of another property's object find nothing either."""
    world = World()
    neighbour = World(AdminFactory(company=world.user.company))
    client = api_client(user=world.user)
    foreign = [(name, neighbour.ids[name]) for name in ids_taken(operation) if name in OF_A_PROPERTY]

    found = {one: narrowed(client, operation, world, *one).status_code for one in foreign}

    assert found == dict.fromkeys(foreign, 404)


@pytest.mark.parametrize("operation", LISTS, ids=str)
def test_a_parameter_that_is_called_after_a_thing_holds_its_id(operation):
    described = document()["paths"][ROOT + operation.address]["get"].get("parameters", [])
    things = {"id", "property", "suite", "tenant", "service", "meter", "user", "invoice", "fee", "company"}

    assert {one["name"] for one in described} & things <= set(ids_taken(operation))


@pytest.mark.parametrize(("address", "name"), [("users", "user"), ("billing/invoice", "suite")])
def test_what_is_not_there_is_said_in_a_sentence(address, name):
    world = World()
    query = {"property": world.ids["property"], name: NOWHERE}

    answer = api_client(user=world.user).get(ROOT + address, query)

    assert answer.json()["message"] == f"There is no {name} with this id, or none you may see."


def test_meters_of_a_suite_are_those_that_serve_it_now():
    world = World()
    client = api_client(user=world.user)
    [meters] = [one for one in LISTS if str(one) == "GET meter"]

    shown = {
        name: narrowed(client, meters, world, "suite", world.ids[name]).json() for name in ("suite", "empty_suite")
    }

    assert [meter["id"] for meter in shown["suite"]] == [world.ids["meter"]]
    assert shown["empty_suite"] == []


def narrowed(client: Any, operation: Operation, world: World, name: str, value: str) -> Any:
    """The list, with this parameter in place of what the table's call has."""
    return call(client, operation, world, query={**operation.query, name: value})

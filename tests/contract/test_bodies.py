"""What holds for every body: fields are taken at their word, and PUT changes what it is sent alone (decisions, section 2)."""

import pytest

from tests.contract.calls import call
from tests.contract.operations import OPERATIONS
from tests.contract.world import World, everything
from tests.factories.accounts import api_client

pytestmark = pytest.mark.django_db
WITH_BODY = [one for one in OPERATIONS if isinstance(one.body, dict) and one.address != "read"]
CHANGING = [one for one in WITH_BODY if one.method == "PUT" and "body" not in one.note]
GETTING = {(one.address, *one.query): one for one in OPERATIONS if one.method == "GET"}


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_an_unknown_field_is_refused_by_name(operation):
    world = World()
    client = api_client(operation.scope, user=world.user)
    before = everything()

    answer = call(client, operation, world, body={**operation.body, "colour": "red"})

    assert (answer.status_code, answer.json()["fields"], everything() == before) == (
        400,
        {"colour": ["There is no such field."]},
        True,
    )


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_a_value_of_another_type_is_refused_by_its_field(operation):
    world = World()
    client = api_client(operation.scope, user=world.user)
    before = everything()
    wrong = {name: {"a": ["thing"]} for name in operation.body if name != "property"}

    found = {
        name: call(client, operation, world, body={**operation.body, name: value}).json()["fields"].keys()
        for name, value in wrong.items()
    }

    assert {name: [*fields] for name, fields in found.items()} == {name: [name] for name in wrong}
    assert everything() == before


@pytest.mark.parametrize("operation", CHANGING, ids=str)
def test_put_takes_back_what_get_gave_and_changes_nothing(operation):
    world = World()
    client = api_client(user=world.user)
    got = call(client, GETTING[operation.address, *operation.query], world).json()
    row = got[0] if isinstance(got, list) else got

    answer = call(client, operation, world, body=row)

    again = call(client, GETTING[operation.address, *operation.query], world).json()
    assert answer.status_code == operation.status, answer.getvalue()
    assert without_stamp(again) == without_stamp(got)


@pytest.mark.parametrize("operation", [one for one in CHANGING if "file-upload" not in one.address], ids=str)
def test_put_of_nothing_leaves_everything(operation):
    """But for file upload's, which replace: what is left out takes its default."""
    world = World()
    client = api_client(operation.scope, user=world.user)
    before = call(api_client(user=world.user), GETTING[operation.address, *operation.query], world).json()

    assert call(client, operation, world, body={}).status_code == operation.status

    after = call(api_client(user=world.user), GETTING[operation.address, *operation.query], world).json()
    assert without_stamp(after) == without_stamp(before)


def without_stamp(shown):
    """An answer but for the time of the last change."""
    rows = shown if isinstance(shown, list) else [shown]
    return [{name: value for name, value in row.items() if name != "updated"} for row in rows]


@pytest.mark.parametrize(
    ("address", "query", "field"),
    [
        ("meter", {"property": "$property", "id": "$meter"}, "floor"),
        ("meter", {"property": "$property", "id": "$meter"}, "panel"),
        ("meter", {"property": "$property", "id": "$meter"}, "suite"),
        ("billing/tenant", {"property": "$property", "id": "$tenant"}, "phone"),
    ],
)
def test_null_clears_what_may_be_null(address, query, field):
    world = World()
    client = api_client(user=world.user)
    [operation] = [one for one in CHANGING if (one.address, one.query) == (address, query)]
    call(client, operation, world, body={**operation.body, **({"phone": "416 555 0100"} if field == "phone" else {})})

    answer = call(client, operation, world, body={field: None})

    row = answer.json()[0] if isinstance(answer.json(), list) else answer.json()
    assert (answer.status_code, row[field]) == (200, None)

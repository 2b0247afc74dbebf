"""Every operation of the reference, at each of its addresses: exactly its status, and exactly its shape."""

import json

import pytest

from tests.architecture.test_api_operations import operations as routed
from tests.contract.calls import call
from tests.contract.operations import OPEN, OPERATIONS
from tests.contract.shapes import File, misfits
from tests.contract.world import World
from tests.factories.accounts import api_client

pytestmark = pytest.mark.django_db
EVERYWHERE = [at for operation in OPERATIONS for at in operation.everywhere()]


def test_every_operation_that_is_served_has_its_row():
    served = {(one.method, one.address, one.view.scopes[one.action]) for one in routed() if one.address not in OPEN}

    assert {(one.method, one.address, one.scope) for one in EVERYWHERE} == served


@pytest.mark.parametrize("operation", EVERYWHERE, ids=str)
def test_the_declared_scope_is_enough_and_the_answer_is_the_references(operation):
    world = World()

    answer = call(api_client(operation.scope, user=world.user), operation, world)

    assert answer.status_code == operation.status, answer.getvalue()
    if operation.answer is None:
        assert answer.content == b""
    elif isinstance(operation.answer, File):
        assert answer["Content-Type"] == operation.answer.media_type
    else:
        assert answer["Content-Type"] == "application/json"
        assert list(misfits(operation.answer, json.loads(answer.getvalue()))) == []


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.method == "GET"], ids=str)
def test_head_is_get_without_a_body(operation):
    world = World()
    client = api_client(operation.scope, user=world.user)

    got, head = call(client, operation, world), call(client, operation, world, method="HEAD")

    assert (head.status_code, head.getvalue()) == (got.status_code, b"")
    assert head["Content-Type"] == got["Content-Type"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_unknown_query_parameters_are_ignored(operation):
    world = World()
    query = {**operation.query, "colour": "red", "_": "1617981600"}

    assert call(api_client(user=world.user), operation, world, query=query).status_code == operation.status

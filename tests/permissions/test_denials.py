"""Every operation × every asker who may not: the right refusal, in the right order, and nothing has changed by it.

The rows are those of the contract's table, which is checked against the router, so no operation can be forgotten.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import AccessToken, User
from accounts.scopes import ADMIN_SCOPES, ALL_SCOPES
from tests.contract.calls import Operation, call
from tests.contract.operations import OPERATIONS
from tests.contract.world import World, everything
from tests.factories.accounts import AdminFactory, StaffFactory, UserFactory, api_client
from tests.factories.metering import PropertyFactory

pytestmark = pytest.mark.django_db
ONCE = list({(one.method, one.address): one for one in OPERATIONS}.values())
EVERY = pytest.mark.parametrize("operation", ONCE, ids=str)
FOR_ALL = pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.scope not in ADMIN_SCOPES], ids=str)
FOR_ADMINS = pytest.mark.parametrize("operation", [one for one in ONCE if one.scope in ADMIN_SCOPES], ids=str)


def denied(client, operation, world) -> tuple[int, Any, dict[str, Any]]:
    """Status, `WWW-Authenticate` and body of the refusal, after a look whether anything was changed all the same."""
    before = everything()
    answer = call(client, operation, world)
    assert everything() == before
    body = answer.json()
    assert (body["code"], bool(body["error"]), body["message"][-1]) == (answer.status_code, True, ".")
    return answer.status_code, answer.get("WWW-Authenticate"), body


# --- no good token: 401


def without_a_token(world):
    client = api_client(user=world.user)
    client.credentials()
    return client


def with_the_session_of_staff(world):
    client = without_a_token(world)
    client.force_login(StaffFactory())
    return client


def with_ones_own_session(world):
    client = without_a_token(world)
    client.force_login(world.user)
    return client


def with_an_expired_token(world):
    client = api_client(user=world.user)
    AccessToken.objects.filter(pk=client.token.pk).update(expires=timezone.now() - timedelta(seconds=1))
    return client


def with_the_token_of_an_inactive_user(world):
    return api_client(user=AdminFactory(company=world.user.company, is_active=False))


def by_the_program_of_an_inactive_owner(world):
    client = api_client(user=world.user)
    client.token.application.user = UserFactory(is_active=False)
    client.token.application.save()
    return client


@EVERY
def test_nobody_may_without_a_good_token(operation):
    world = World()
    found = {
        asker.__name__: denied(asker(world), operation, world)[:2]
        for asker in (
            without_a_token,
            with_the_session_of_staff,
            with_ones_own_session,
            with_an_expired_token,
            with_the_token_of_an_inactive_user,
            by_the_program_of_an_inactive_owner,
        )
    }

    invalid = (401, 'Bearer error="invalid_token"')
    assert found == {
        "without_a_token": (401, "Bearer"),
        "with_the_session_of_staff": (401, "Bearer"),
        "with_ones_own_session": (401, "Bearer"),
        "with_an_expired_token": invalid,
        "with_the_token_of_an_inactive_user": invalid,
        "by_the_program_of_an_inactive_owner": invalid,
    }


# --- no right to the operation: 403


@EVERY
def test_a_token_of_every_other_scope(operation):
    world = World()
    client = api_client(*(ALL_SCOPES.keys() - {operation.scope}), user=world.user)

    status, challenge, body = denied(client, operation, world)

    assert (status, challenge) == (403, f'Bearer error="insufficient_scope", scope="{operation.scope}"')
    assert operation.scope in body["message"]


@FOR_ADMINS
def test_somebody_who_is_no_admin_any_more(operation):
    world = World()
    client = api_client(user=world.user)
    User.objects.filter(pk=world.user.pk).update(is_admin=False)

    status, _challenge, body = denied(client, operation, world)

    assert (status, operation.scope in body["message"]) == (403, True)


@FOR_ALL
def test_somebody_who_is_no_admin_may_do_what_is_not_for_admins(operation):
    world = World(UserFactory())

    assert call(api_client(operation.scope, user=world.user), operation, world).status_code == operation.status


# --- others' ids: 404 in path and query, and 400 in the body, which a property is not: that may stand in either


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in query, path or body an id stands."""
    match value:
        case str() if value.startswith("$") and value != "$serial_number":
            yield path
        case dict():
            for name, inner in value.items():
                yield from places(inner, (*path, name))
        case list():
            for number, inner in enumerate(value):
                yield from places(inner, (*path, number))


def put_in(value: Any, path: tuple[Any, ...], world: World) -> Any:
    """The same with the id at this place made this world's."""
    if not path:
        return world.filled(value)
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    filled = {key: put_in(value[key], path[1:], world) if key == path[0] else value[key] for key in keys}
    return filled if isinstance(value, dict) else list(filled.values())


def with_ids_of(other: World, operation: Operation) -> Iterator[tuple[str, Operation, int]]:
    """The operation with one id at a time made the other's: which one, and what it must be refused with."""
    for part in ("query", "path", "body"):
        for path in places(getattr(operation, part)):
            asked = replace(operation, **{part: put_in(getattr(operation, part), path, other)})
            yield f"{part} {path}", asked, 400 if part == "body" and path != ("property",) else 404


NAMING = [one for one in OPERATIONS if any(places([dict(one.query), dict(one.path), one.body]))]
"""The operations that take ids."""


@pytest.mark.parametrize("operation", NAMING, ids=str)
def test_an_id_of_another_company(operation):
    world, other = World(), World()
    client = api_client(user=world.user)
    asked = list(with_ids_of(other, operation))

    found = {place: denied(client, one, world)[0] for place, one, _status in asked}

    assert found == {place: status for place, _one, status in asked}


@pytest.mark.parametrize("operation", [one for one in NAMING if "$application" in one.query.values()], ids=str)
def test_a_program_of_a_colleague(operation):
    world = World()
    colleagues = World(AdminFactory(company=world.user.company))
    [(_place, asked, _status)] = with_ids_of(colleagues, operation)

    assert denied(api_client(user=world.user), asked, world)[0] == 404


@FOR_ALL
def test_a_property_that_was_not_given(operation):
    """What names it or is in it is not found; a list that names none does not show it, nor anything in it."""
    world = World(UserFactory(all_properties=False))
    PropertyFactory(company=world.user.company).access.create(user=world.user)
    client = api_client(operation.scope, user=world.user)
    named = {inner for part in ("query", "path", "body") for inner in ids_in(getattr(operation, part))}

    if named & OF_PROPERTY:
        assert denied(client, operation, world)[0] == 404
    else:
        shown = call(client, operation, world).getvalue().decode()
        assert [name for name in OF_PROPERTY if world.ids[name[1:]] in shown] == []


OF_PROPERTY = {"$property", "$suite", "$empty_suite", "$meter", "$fee", "$tenant", "$service", "$invoice", "$filename"}


def ids_in(value: Any) -> Iterator[str]:
    for path in places(value):
        found = value
        for step in path:
            found = found[step]
        yield found

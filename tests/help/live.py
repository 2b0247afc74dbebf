"""Samples as a newcomer runs them: against a live server, with the ids of a company that has one of everything."""

from dataclasses import replace
from typing import Any

from intellimeter.help.operations import Operation, chapters
from intellimeter.help.samples import Call
from tests.schema.house import House

LAST = ("billing_fee_flush",)
"""Operations after which others would not find what they name."""


def every_operation(root: str) -> list[Operation]:
    return [operation for chapter in chapters(root) for operation in chapter.operations]


def in_a_workable_order(operations: list[Operation]) -> list[Operation]:
    """Deletions after all that needs what they delete."""
    return sorted(operations, key=lambda one: (one.name in LAST, one.method == "DELETE"))


def at_home(operation: Operation, house: House) -> Call:
    """The operation's call with the ids of the house in place of the printed ones."""
    call = operation.call
    query = {
        name: house.real(name, operation.chapter) if name in house.ids or name == "id" else value
        for name, value in call.query.items()
    }
    if "token" in query:
        query["token"] = house.generated()
    return replace(
        call,
        in_path={name: house.ids.get(name, value) for name, value in call.in_path.items()},
        query=query,
        body=_with_an_email_of_its_own(house.filled(call.body, operation.chapter), operation.name),
    )


def _with_an_email_of_its_own(body: Any, name: str) -> Any:
    """The examples all use one address, and a user's is theirs alone."""
    return {**body, "email": f"{name}@example.com"} if isinstance(body, dict) and "email" in body else body

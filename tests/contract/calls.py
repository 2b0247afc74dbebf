"""A row of the table, and how its operation is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpResponseBase
from django.utils.http import urlencode
from rest_framework.test import APIClient

from tests.contract.world import World

ROOT = "/api/v1/"


@dataclass(frozen=True)
class Operation:
    """One operation at its canonical address, a call of it that succeeds, and what that answers.

    `address` and `aliases` are as the router has them. A value `$name` in path, query or body stands for an id of the world.
    An alias may take what the canonical address has in its path in its query instead. `note` tells rows of one operation apart.
    A body of bytes is sent as it is, as `media_type`; any other as JSON.
    """

    method: str
    address: str
    scope: str
    answer: Any = None
    status: int = 200
    query: Mapping[str, Any] = field(default_factory=dict)
    path: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    aliases: tuple[str, ...] = ()
    note: str = ""
    media_type: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.address}{self.note and f' ({self.note})'}"

    def at(self, alias: str) -> "Operation":
        """The same at another of its addresses."""
        if self.path and not any(f":{name}>" in alias for name in self.path):
            return replace(self, address=alias, query={**self.query, **self.path}, path={})
        return replace(self, address=alias)

    def everywhere(self) -> "list[Operation]":
        return [self, *map(self.at, self.aliases)]


def call(client: APIClient, operation: Operation, world: World, **changes: Any) -> HttpResponseBase:
    """Send it; `changes` replace query, path or body."""
    asked = replace(operation, **changes)
    address = asked.address
    for name, value in world.filled(dict(asked.path)).items():
        address = address.replace(f"<str:{name}>", value)
    query = urlencode(world.filled(dict(asked.query)))
    body = world.filled(asked.body)
    send = getattr(client, asked.method.lower())
    if isinstance(body, bytes):
        return send(f"{ROOT}{address}?{query}", body, content_type=asked.media_type)
    answer: HttpResponseBase = (
        send(f"{ROOT}{address}?{query}", body if body is not None else {}, format="json")
        if (asked.method != "GET")
        else send(f"{ROOT}{address}?{query}")
    )
    return answer

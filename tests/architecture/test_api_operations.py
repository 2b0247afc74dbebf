"""Every operation of the API declares a known scope and serves only what its asker may see (style, points 3 and 4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.scopes import ALL_SCOPES
from intellimeter.common.api.viewsets import ApiViewSet
from intellimeter.common.tenancy import TenantQuerySet

PREFIX = "api/v1/"
BY_TOKEN_REQUEST = {"auth", "auth/authorization"}
"""Addresses that hand out tokens and codes, and so ask for none."""
OPEN_TO_ALL = {
    "schema",
    "docs",
    "docs/oauth2-redirect",
    "docs/redoc",
    "faq",
    "documentation",
    "guide",
    "guide/<slug:name>",
    "guide/operations/<slug:name>",
}
"""Addresses that tell everyone the same."""


@dataclass(frozen=True)
class Operation:
    address: str
    method: str
    action: str
    view: type[Any]

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def api_views() -> list[tuple[str, Any]]:
    every = addresses(get_resolver().url_patterns)
    return [(address.removeprefix(PREFIX), view) for address, view in every if address.startswith(PREFIX)]


def operations() -> list[Operation]:
    return [
        Operation(address, method.upper(), action, view.cls)
        for address, view in api_views()
        for method, action in (getattr(view, "actions", None) or {}).items()
        if method != "head"
    ]


def test_every_address_is_an_api_viewset():
    others = {
        address: view
        for address, view in api_views()
        if not issubclass(getattr(view, "cls", object), ApiViewSet) and address not in BY_TOKEN_REQUEST | OPEN_TO_ALL
    }

    assert others == {}


@pytest.mark.parametrize("operation", operations(), ids=str)
def test_operation_declares_a_known_scope(operation):
    assert operation.view.scopes[operation.action] in ALL_SCOPES


@pytest.mark.parametrize("operation", [one for one in operations() if one.view.queryset is not None], ids=str)
def test_operation_serves_tenant_rows_only(operation):
    """The declared queryset knows whose its rows are, and shows a stranger none."""
    queryset = operation.view.queryset

    assert isinstance(queryset.all(), TenantQuerySet)
    assert queryset.visible_to(AnonymousUser()).query.is_empty()


def test_operation_without_a_scope_does_not_start():
    class Undeclared(ApiViewSet):
        scopes = {}

    with pytest.raises(Exception, match=r"Undeclared\.list declares no scope"):
        Undeclared.as_view({"get": "list"})

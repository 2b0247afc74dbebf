"""Every scope there is, which of them only admins may use, and how requests for them are read (reference, Scopes;
decisions, section 4).

A scope has three parts, `area:thing:operation`. In a request `*` stands for any one of the three.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User

PARTS = 3
WILDCARD = "*"


class UnknownScopeError(ValueError):
    """A request names a scope that does not exist, or a pattern that fits none."""

    def __init__(self, name: str):
        super().__init__(f"There is no scope {name!r}.")
        self.name = name


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope by name, what it allows as people are told, and whether only admins may use it."""

    name: str
    description: str
    admin: bool = False


ALL_SCOPES: dict[str, Scope] = {
    scope.name: scope
    for scope in (
        Scope("auth:app:create", "Create API applications"),
        Scope("auth:app:delete", "Delete API applications"),
        Scope("auth:app:read", "View API applications"),
        Scope("auth:app:update", "Update API applications"),
        Scope("billing:constant:read", "View billing constants"),
        Scope("billing:constant:update", "Update billing constants"),
        Scope("billing:fee:delete", "Delete billing fees"),
        Scope("billing:fee:read", "View billing fees"),
        Scope("billing:fee:update", "Update billing fees"),
        Scope("billing:fee:write", "Create a new billing fee"),
        Scope("billing:invoice:generate", "Generate past invoices"),
        Scope("billing:invoice:read", "View generated invoice history"),
        Scope("billing:invoice:update", "Mark invoices as paid"),
        Scope("billing:invoice:view", "Read generated invoice file"),
        Scope("billing:service:create", "Create billing services"),
        Scope("billing:service:delete", "Delete billing services"),
        Scope("billing:service:read", "View billing services"),
        Scope("billing:service:update", "Update billing services"),
        Scope("billing:suite:create", "Create a new suite"),
        Scope("billing:suite:delete", "Delete a suite"),
        Scope("billing:suite:read", "View property suites"),
        Scope("billing:suite:update", "Update a suite"),
        Scope("billing:template:update", "Update your invoice template"),
        Scope("billing:tenant-suite:create", "Create a tenant suite binding"),
        Scope("billing:tenant-suite:delete", "Delete a tenant suite binding"),
        Scope("billing:tenant-suite:read", "View tenant suite bindings"),
        Scope("billing:tenant:create", "Create a new tenant"),
        Scope("billing:tenant:delete", "Delete a tenant"),
        Scope("billing:tenant:read", "View tenants"),
        Scope("billing:tenant:update", "Update a tenant"),
        Scope("company:info:read", "View company info"),
        Scope("company:info:update", "Update company info", admin=True),
        Scope("company:permission:read", "View company permissions"),
        Scope("file:ftps:disable", "Disable FTPS file upload", admin=True),
        Scope("file:ftps:read", "View FTPS file upload settings", admin=True),
        Scope("file:ftps:write", "Update FTPS file upload settings", admin=True),
        Scope("file:http:disable", "Disable HTTP file upload", admin=True),
        Scope("file:http:read", "View HTTP file upload settings", admin=True),
        Scope("file:http:write", "Update HTTP file upload settings", admin=True),
        Scope("meter:meters:read", "View meter info"),
        Scope("meter:meters:update", "Update meter information", admin=True),
        Scope("meter:reads:create", "Send in meter reads"),
        Scope("meter:reads:read", "View meter reads"),
        Scope("property:info:read", "View property info"),
        Scope("property:info:update", "Update property information", admin=True),
        Scope("report:general:count", "View the overall counts of the entire company"),
        Scope("report:reading:daily", "View the Daily Grand Total Consumption report"),
        Scope("report:reading:interval", "View reports of data at the specified interval"),
        Scope("report:reading:period", "View the Period Consumption report"),
        Scope("report:reading:single", "View the Single Grand Total Consumption report"),
        Scope("report:schedule:create", "Create a new scheduled report"),
        Scope("report:schedule:delete", "Delete a scheduled report"),
        Scope("report:schedule:generate", "Run scheduled reports"),
        Scope("report:schedule:read", "View list of scheduled reports"),
        Scope("report:schedule:update", "Update a scheduled report"),
        Scope("uac:user:read", "Read account information"),
        Scope("uac:user:update", "Update account information"),
        Scope("uac:users:create", "Create new users", admin=True),
        Scope("uac:users:delete", "Delete any user", admin=True),
        Scope("uac:users:read", "View all users", admin=True),
        Scope("uac:users:update", "Update any user", admin=True),
    )
}
ADMIN_SCOPES: frozenset[str] = frozenset(scope.name for scope in ALL_SCOPES.values() if scope.admin)

AREAS: dict[str, Any] = {
    "auth": _("API applications"),
    "billing": _("Billing"),
    "company": _("Company"),
    "file": _("File upload"),
    "meter": _("Meters and reads"),
    "property": _("Properties"),
    "report": _("Reports"),
    "uac": _("Users and accounts"),
}
"""What the first part of a scope's name stands for, as people are told."""


def by_area(names: Iterable[str]) -> list[tuple[Any, list[Scope]]]:
    """The scopes as people read them: under the names of their areas, in order."""
    known = [ALL_SCOPES[name] for name in sorted(names) if name in ALL_SCOPES]
    grouped = groupby(known, key=lambda scope: scope.name.partition(":")[0])
    return [(AREAS[area], list(scopes)) for area, scopes in grouped]


@lru_cache(maxsize=1024)
def _matching(pattern: str) -> frozenset[str]:
    if WILDCARD not in pattern:
        return frozenset({pattern} & ALL_SCOPES.keys())
    wanted = pattern.split(":")
    if len(wanted) != PARTS:
        return frozenset()
    return frozenset(
        name
        for name in ALL_SCOPES
        if all(part in (WILDCARD, own) for part, own in zip(wanted, name.split(":"), strict=True))
    )


def expand(names: Iterable[str]) -> frozenset[str]:
    """The scopes that the names and patterns stand for; UnknownScopeError for one that stands for none."""
    found: set[str] = set()
    for name in names:
        matching = _matching(name)
        if not matching:
            raise UnknownScopeError(name)
        found |= matching
    return frozenset(found)


def allowed_to(user: "User") -> frozenset[str]:
    """What the user may be granted today."""
    return frozenset(ALL_SCOPES) if user.is_admin else frozenset(ALL_SCOPES) - ADMIN_SCOPES


def in_order(names: Iterable[str]) -> str:
    """The scopes as they are written: alphabetical, separated by spaces."""
    return " ".join(sorted(names))

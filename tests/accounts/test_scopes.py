import re

import pytest

from accounts.scopes import ADMIN_SCOPES, ALL_SCOPES, UnknownScopeError, allowed_to, expand, in_order
from tests.factories.accounts import AdminFactory, UserFactory

OURS = {"meter:reads:create"}
LINE = re.compile(r"^([a-z]+:[a-z-]+:[a-z]+) (Yes|No) (.+)$", re.MULTILINE)


def test_scopes_are_the_references_table_and_ours(shared):
    reference = (shared / "spec" / "api-reference.md").read_text()
    table = {name: (admin == "Yes", description) for name, admin, description in LINE.findall(reference)}
    held = {name: (scope.admin, scope.description) for name, scope in ALL_SCOPES.items() if name not in OURS}
    assert held == table
    assert set(ALL_SCOPES) - set(table) == OURS
    assert not OURS & ADMIN_SCOPES


@pytest.mark.parametrize(
    ("asked", "granted"),
    [
        ("uac:user:read", "uac:user:read"),
        ("uac:user:*", "uac:user:read uac:user:update"),
        ("uac:*:read", "uac:user:read uac:users:read"),
        ("*:info:update", "company:info:update property:info:update"),
        ("meter:reads:read meter:reads:* meter:meters:read", "meter:meters:read meter:reads:create meter:reads:read"),
        ("*:*:*", in_order(ALL_SCOPES)),
    ],
)
def test_expand_wildcards(asked, granted):
    assert in_order(expand(asked.split())) == granted


@pytest.mark.parametrize(
    "name", ["nothing", "*", "*:*", "uac:*", "uac:user:fly", "nobody:*:*", "uac:us*:read", "*:*:*:*", ":::"]
)
def test_expand_refuses_what_stands_for_none(name):
    with pytest.raises(UnknownScopeError):
        expand(["uac:user:read", name])


def test_allowed_to_leaves_admin_scopes_to_admins():
    assert allowed_to(AdminFactory.build()) == set(ALL_SCOPES)
    assert allowed_to(UserFactory.build()) == set(ALL_SCOPES) - ADMIN_SCOPES

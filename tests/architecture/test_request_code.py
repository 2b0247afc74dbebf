"""Code that serves requests takes rows through `visible_to(user)` alone (style, points 2 and 3)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.test_files import written_by_us
from tests.conftest import ROOT

MANAGERS = {"objects", "_base_manager", "_default_manager"}
FETCHING = {"get", "get_or_create", "update_or_create", "in_bulk", "first", "last", "values", "values_list"}
"""Calls that end in rows. `filter` and `all` only begin a queryset, which the viewset's `find` and the fields cut."""


def request_modules() -> list[Path]:
    """API packages, views, forms and filters of every app."""
    return [path for path in written_by_us() if is_of_requests(path.relative_to(ROOT))]


def is_of_requests(path: Path) -> bool:
    return "tests" not in path.parts and ("api" in path.parts or path.stem in {"views", "forms", "filters"})


def fetches_past_the_door(tree: ast.AST) -> Iterator[int]:
    """Lines that call `Model.objects.get(…)` and the like directly on a manager."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr=manager), attr=called)) if (
                manager in MANAGERS and called in FETCHING
            ):
                yield node.lineno


def test_request_code_fetches_no_row_past_visible_to():
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in request_modules()
        for line in fetches_past_the_door(ast.parse(path.read_text()))
    ]

    assert found == []


def test_the_search_for_fetches_sees_one():
    assert list(fetches_past_the_door(ast.parse("x = 1\ny = Fee.objects.get(pk=1)"))) == [2]

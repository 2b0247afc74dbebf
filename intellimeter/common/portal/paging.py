"""Pages of a long list."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


def page_of(rows: QuerySet[Any] | Sequence[Any], number: str | None, size: int) -> Page[Any]:
    """The page that the address asks for; the first or the last one where it asks for none that exists."""
    return Paginator(rows, size).get_page(number)

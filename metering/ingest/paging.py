"""Long lists of values, a statement's worth at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
PAGE = 2000


def pages(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The rows in lists of at most so many."""
    rows = iter(rows)
    while page := list(islice(rows, size)):
        yield page

"""Lists sorted by the column that the address names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet

ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True, slots=True)
class Heading:
    """How a column stands now (`ascending`, `descending` or nothing), and the `sort` of its link: the other way round."""

    direction: str
    link: str


class Sorting:
    """The columns that a list can be sorted by, each with the fields it means; `-` before a name turns it round.

    What the address names and the list does not have is taken for the default.
    """

    def __init__(self, columns: Mapping[str, Sequence[str]], *, default: str):
        self.columns = columns
        self.default = default

    def apply(self, rows: QuerySet[ModelT], asked: str | None) -> QuerySet[ModelT]:
        """The rows in the order asked for."""
        chosen = self._chosen(asked)
        turn = "-" if chosen.startswith("-") else ""
        return rows.order_by(*(turn + field for field in self.columns[chosen.removeprefix("-")]))

    def headings(self, asked: str | None) -> dict[str, Heading]:
        """Every column's heading."""
        chosen = self._chosen(asked)
        headings = {name: Heading("", name) for name in self.columns}
        name = chosen.removeprefix("-")
        headings[name] = Heading("ascending", f"-{name}") if name == chosen else Heading("descending", name)
        return headings

    def _chosen(self, asked: str | None) -> str:
        return (
            asked if asked and asked.removeprefix("-") in self.columns and not asked.startswith("--") else self.default
        )

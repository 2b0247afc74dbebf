"""Lists sorted by the column that the address names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext

ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True, slots=True)
class Column:
    """What a list can be sorted by: its name for people, and the fields it means."""

    label: str | Promise
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """How a column stands now (`ascending`, `descending` or nothing), and the `sort` of its link: the other way round."""

    direction: str
    link: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to sort, for a list to choose from."""

    value: str
    label: str
    chosen: bool


class Sorting:
    """The columns that a list can be sorted by; `-` before a name turns it round.

    What the address names and the list does not have is taken for the default.
    """

    def __init__(self, columns: Mapping[str, Column], *, default: str):
        self.columns = columns
        self.default = default

    def apply(self, rows: QuerySet[ModelT], asked: str | None) -> QuerySet[ModelT]:
        """The rows in the order asked for."""
        turn, name = _parts(self._chosen(asked))
        return rows.order_by(*(turn + field for field in self.columns[name].fields))

    def headings(self, asked: str | None) -> dict[str, Heading]:
        """Every column's heading, by its name."""
        turn, name = _parts(self._chosen(asked))
        headings = {one: Heading("", one) for one in self.columns}
        headings[name] = Heading("descending", name) if turn else Heading("ascending", f"-{name}")
        return headings

    def choices(self, asked: str | None) -> list[Choice]:
        """Every way to sort."""
        chosen = self._chosen(asked)
        ways = (("", gettext("%(column)s, ascending")), ("-", gettext("%(column)s, descending")))
        return [
            Choice(turn + name, label % {"column": column.label}, turn + name == chosen)
            for name, column in self.columns.items()
            for turn, label in ways
        ]

    def _chosen(self, asked: str | None) -> str:
        return asked if asked and _parts(asked)[1] in self.columns else self.default


def _parts(asked: str) -> tuple[str, str]:
    return ("-", asked[1:]) if asked.startswith("-") else ("", asked)

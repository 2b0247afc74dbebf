"""Lists of the administration over tables of any size: a bound on what is counted and paged, and a search that joins nothing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.utils.functional import cached_property
from django.utils.text import smart_split, unescape_string_literal

MOST_LISTED = 1000


class FirstRows(Paginator):
    """Pages of the first rows in order, at most `MOST_LISTED`: who wants others narrows the list.

    Their keys are fetched first, alone, so that the database sorts keys instead of whole rows with all that is joined to them,
    and counts no table to its end.
    """

    object_list: QuerySet[Any]

    @cached_property
    def keys(self) -> list[Any]:
        return list(self.object_list.values_list("pk", flat=True)[:MOST_LISTED])

    @cached_property
    def count(self) -> int:
        return len(self.keys)

    def page(self, number: int | str) -> Any:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return Page(self.object_list.filter(pk__in=self.keys[first : first + self.per_page]), number, self)


def found(rows: QuerySet[Any], paths: list[str], words: str) -> QuerySet[Any]:
    """Those of the rows that have each word, quoted ones together, in one of the paths' fields.

    A path across a relation becomes a look-up of the related rows by themselves: a table of thousands is searched once, and the
    large one goes by its keys. `…__exact` stands for itself; any other path means that the text contains the word.
    """
    for word in smart_split(words):
        bare = unescape_string_literal(word) if word[0] in "\"'" and word[0] == word[-1] and len(word) > 1 else word
        rows = rows.filter(_has(rows.model, paths, bare))
    return rows


def _has(model: type[Model], paths: list[str], word: str) -> Q:
    condition = Q(pk__in=[])
    across: dict[str, list[str]] = {}
    for path in paths:
        name, _sep, rest = path.partition(LOOKUP_SEP)
        field: Any = model._meta.get_field(name)
        if not rest:
            condition |= Q(**{f"{name}__icontains": word})
        elif not field.is_relation:
            condition |= _by_lookup(field, path, word)
        else:
            across.setdefault(name, []).append(rest)
    for name, rests in across.items():
        related: Any = model._meta.get_field(name).related_model
        matching = related._base_manager.filter(_has(related, rests, word))
        condition |= Q(**{f"{name}__in": matching.values("pk")})
    return condition


def _by_lookup(field: Any, path: str, word: str) -> Q:
    """Nothing where the word can be no value of the field: letters are no invoice's number."""
    try:
        return Q(**{path: field.clean(word, None)})
    except ValidationError:
        return Q(pk__in=[])

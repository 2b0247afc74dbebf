"""Filters that the lists of all apps share."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

TRUTHS = {"true": True, "1": True, "false": False, "0": False}


class TruthField(forms.Field):
    """`true` or `false`; anything else is an error instead of no filter at all."""

    def to_python(self, value: Any) -> bool | None:
        if value in self.empty_values:
            return None
        if (found := TRUTHS.get(str(value).lower())) is None:
            raise ValidationError("Must be true or false.")
        return found


class TruthFilter(django_filters.Filter):
    field_class = TruthField


class WordsFilter(django_filters.CharFilter):
    """Rows that have each of the words, in either case, in one of the fields."""

    longest = 200

    def __init__(self, *fields: str, help_text: str):
        super().__init__(max_length=self.longest, help_text=help_text)
        self.fields = fields

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        for word in (value or "").split():
            found = Q()
            for field in self.fields:
                found |= Q(**{f"{field}__icontains": word})
            qs = qs.filter(found)
        return qs


class OneOfFilter(django_filters.ChoiceFilter):
    """One of the known values; for another, the error names them."""

    def __init__(self, choices: Sequence[tuple[str, Any]], **kwargs: Any):
        known = ", ".join(value for value, _label in choices)
        super().__init__(choices=choices, error_messages={"invalid_choice": f"Must be one of {known}."}, **kwargs)

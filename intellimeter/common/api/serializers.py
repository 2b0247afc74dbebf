"""Serializers that take JSON at its word (decisions, section 2).

An unknown field is refused by name, a read-only one is ignored, a value of another JSON type is refused instead of
converted. PUT changes the fields that it is sent; `null` clears a nullable one.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from rest_framework import serializers
from rest_framework.settings import api_settings

from intellimeter.common.api.fields import LocalDateTimeField, MillionthsNumberField
from intellimeter.common.fields import MillionthsField

MAX_TEXT = 10_000
BIGGEST = 2**63 - 1

AnyField = serializers.Field[Any, Any, Any, Any]


class _Strict:
    """What both serializers below share."""

    fields: Any

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise serializers.ValidationError({api_settings.NON_FIELD_ERRORS_KEY: ["Must be a JSON object."]})
        problems = {name: ["There is no such field."] for name in data if name not in self.fields}
        accepted = {}
        for name, value in data.items():
            field = self.fields.get(name)
            if field is None or field.read_only:
                continue
            if problem := _problem(field, value):
                problems[name] = [problem]
            else:
                accepted[name] = value
        try:
            valid = super().to_internal_value(accepted)  # type: ignore[misc] # the serializer's, mixed in below
        except serializers.ValidationError as error:
            if not isinstance(error.detail, dict):
                raise
            raise serializers.ValidationError({**error.detail, **problems}) from error
        if problems:
            raise serializers.ValidationError(problems)
        return valid


def _problem(field: AnyField, value: Any) -> str | None:
    """What is wrong with the JSON type of the value, None if nothing is; null is for the field itself to judge."""
    if value is None:
        return None
    if isinstance(field, serializers.ListField) and isinstance(value, list):
        return next((problem for item in value if (problem := _problem(field.child, item))), None)
    return next((judge(field, value) for kinds, judge in _JUDGES if isinstance(field, kinds)), None)


def _of_flag(field: AnyField, value: Any) -> str | None:
    return None if isinstance(value, bool) else "Must be true or false."


def _of_whole_number(field: AnyField, value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return "Must be a whole number."
    return None if abs(value) <= BIGGEST else "Is out of range."


def _of_number(field: AnyField, value: Any) -> str | None:
    return None if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else "Must be a number."


def _of_list(field: AnyField, value: Any) -> str | None:
    return None if isinstance(value, list) else "Must be a list."


def _of_choice(field: AnyField, value: Any) -> str | None:
    if problem := _of_text(field, value):
        return problem
    known = getattr(field, "choices", {})
    if value in known or (value == "" and getattr(field, "allow_blank", False)):
        return None
    return f"Must be one of {', '.join(map(str, known))}."


def _of_text(field: AnyField, value: Any) -> str | None:
    if not isinstance(value, str):
        return "Must be a string."
    if getattr(field, "max_length", None) is None and len(value) > MAX_TEXT:
        return f"Must be at most {MAX_TEXT:,} characters."
    return None


_JUDGES = (
    (serializers.BooleanField, _of_flag),
    (serializers.IntegerField, _of_whole_number),
    ((serializers.DecimalField, serializers.FloatField), _of_number),
    ((serializers.MultipleChoiceField, serializers.ListField), _of_list),
    (serializers.ChoiceField, _of_choice),
    (serializers.CharField, _of_text),
    ((serializers.DateField, serializers.TimeField, serializers.DateTimeField, serializers.UUIDField), _of_text),
)


class StrictSerializer(_Strict, serializers.Serializer[Any]):
    """A strict serializer of declared fields."""


class StrictModelSerializer(_Strict, serializers.ModelSerializer[Any]):
    """A strict serializer of a model: its public id as `id`, its instants as local times, its millionths as numbers.

    It declares shape and limits; writing is the services' work, so `save` is not for use.
    """

    id = serializers.CharField(source="public_id", read_only=True)
    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateTimeField: LocalDateTimeField,
        MillionthsField: MillionthsNumberField,
    }

    def get_unique_validators(self) -> list[Any]:
        """None: what is taken is a conflict of state (409), which the service finds."""
        return []

    def get_unique_together_validators(self) -> list[Any]:
        """None, for the same reason."""
        return []

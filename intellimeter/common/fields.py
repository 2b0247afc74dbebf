"""Model fields that the apps share."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable

MILLION = 1_000_000
STEP = Decimal("0.000001")


def to_millionths(value: Decimal) -> int:
    """The whole millionths nearest to the value; ties go to the even one."""
    return int((value * MILLION).to_integral_value(rounding=ROUND_HALF_EVEN))


def from_millionths(value: int) -> Decimal:
    """The exact decimal of so many millionths."""
    return Decimal(value).scaleb(-6)


class MillionthsField(models.BigIntegerField):
    """An exact decimal of six places, kept as a count of millionths in a BIGINT.

    Sums and comparisons in the database are integer arithmetic, so they are exact on SQLite too. Values are Decimal in
    Python; their unit is the meter's (kWh or m³). The range is ± 9.2 × 10^12.
    """

    description = "Exact decimal with six places"
    _pyi_private_set_type: Decimal | int | str | Combinable  # type: ignore[assignment] # what the type checker
    _pyi_private_get_type: Decimal  # type: ignore[assignment] # should think of it: no whole number, as the base has it

    def from_db_value(self, value, expression, connection) -> Decimal | None:
        return None if value is None else from_millionths(int(value))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return to_millionths(Decimal(value))

    def to_python(self, value) -> Decimal | None:
        if value is None:
            return None
        try:
            return Decimal(str(value)).quantize(STEP)
        except ArithmeticError as error:
            raise ValidationError("Enter a number.", code="invalid") from error

    def formfield(self, **kwargs):
        from django import forms

        return models.Field.formfield(self, **{"form_class": forms.DecimalField, "decimal_places": 6, **kwargs})

    @property
    def validators(self):
        return []

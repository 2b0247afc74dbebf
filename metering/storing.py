"""A checked save for services: what is wrong with a row, in the one form that services raise."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from intellimeter.common.errors import Conflict, DomainError

Row = TypeVar("Row", bound=models.Model)


def stored(row: Row) -> Row:
    """Save the row. DomainError (400) where a field is not valid, `Conflict` (409) where another row has its name."""
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise invalid(error.message_dict) from error
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        raise Conflict(" ".join(error.messages)) from error
    row.save()
    return row


def invalid(fields: dict[str, list[str]]) -> DomainError:
    """The fields at fault, the first of them also as the sentence."""
    name, sentences = next(iter(fields.items()))
    return DomainError(f"{name}: {' '.join(sentences)}", fields=fields)

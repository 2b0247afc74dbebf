"""The kinds of single values in a site file. Lengths, choices and bounds are the model's own, so none is kept twice.

`read` returns the cleaned value or raises Refused with a sentence that says what is wrong and what would be right.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol, cast

from django.core.exceptions import ValidationError
from django.db import models

from accounts.redirects import checked_redirect_uris
from accounts.scopes import UnknownScopeError, expand, in_order
from intellimeter.common.errors import DomainError
from intellimeter.common.fields import MillionthsField

# Line breaks and the like; and halves of characters, which JSON can write and no database keeps.
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
MIN_SECRET = 32
REGISTER_LIMIT = Decimal(10) ** 12


class Refused(ValueError):
    """A value that does not serve, and why."""


class Kind(Protocol):
    def read(self, value: Any) -> Any: ...


@dataclass(frozen=True)
class Text:
    """One line of text, at most so many characters."""

    max_length: int = 200

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise Refused(f"must be text in quotes, not {_named(value)}.")
        text = value.strip()
        if CONTROL.search(text):
            raise Refused("must be one line without control characters.")
        if len(text) > self.max_length:
            raise Refused(f"has {len(text)} characters; at most {self.max_length} fit.")
        return text


@dataclass(frozen=True)
class Column:
    """A value as a column of a model takes it: type, length, choices, bounds, and whether it may be null or empty."""

    model: type[models.Model]
    name: str

    def read(self, value: Any) -> Any:
        field = cast("models.Field", self.model._meta.get_field(self.name))
        if value is None:
            if field.null:
                return None
            raise Refused("must not be null.")
        typed = _typed(value, field)
        if field.choices and typed not in {value for value, _ in field.flatchoices}:
            raise Refused(f"{typed!r} is none of {_listed(field)}.")
        if typed == "" and not field.blank:
            raise Refused("must not be empty.")
        try:
            return field.clean(typed, None)
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error


@dataclass(frozen=True)
class OrNull:
    """Another kind's value, or null."""

    kind: Kind

    def read(self, value: Any) -> Any:
        return None if value is None else self.kind.read(value)


class Register:
    """A value that a register can reach: above 0, at most 10^12, six decimal places; or null."""

    def read(self, value: Any) -> Decimal | None:
        if value is None:
            return None
        number = _number(value)
        if not 0 < number <= REGISTER_LIMIT:
            raise Refused("must lie above 0 and be at most 10^12; 100000 stands for five digits.")
        if number != round(number, 6):
            raise Refused("has more than six decimal places.")
        return number


class Password:
    """A person's password as written, blanks and all. Whether it is a good one is judged with its user."""

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or not value or CONTROL.search(value):
            raise Refused("must be one line of text in quotes.")
        return value


class ClientSecret:
    """An application's secret: long enough that a single hash protects it."""

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or not MIN_SECRET <= len(value) <= 255 or not _visible(value):
            raise Refused(f"must be {MIN_SECRET} to 255 visible ASCII characters without blanks.")
        return value


class ClientId:
    """An application's public name: what fits into HTTP Basic's user name."""

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or not 1 <= len(value) <= 100 or not _visible(value) or ":" in value:
            raise Refused("must be 1 to 100 visible ASCII characters without blanks and colons.")
        return value


class Scopes:
    """Scopes separated by spaces; each `*` is written out, as the platform keeps them (decisions, section 4)."""

    def read(self, value: Any) -> str:
        try:
            scopes = in_order(expand(Text(10_000).read(value).split()))
        except UnknownScopeError as error:
            raise Refused(str(error)) from error
        if not scopes:
            raise Refused("must name at least one scope.")
        return scopes


class RedirectUri:
    """Where consent may send a browser back to (decisions, section 4)."""

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise Refused(f"must be an address in quotes, not {_named(value)}.")
        try:
            return checked_redirect_uris([value])[0]
        except DomainError as error:
            raise Refused(error.message) from error


def _typed(value: Any, field: models.Field) -> Any:
    if isinstance(field, models.BooleanField):
        if not isinstance(value, bool):
            raise Refused(f"must be true or false, not {_named(value)}.")
        return value
    if isinstance(field, models.DecimalField | MillionthsField):
        return _number(value)
    if isinstance(field, models.IntegerField):
        if not isinstance(value, int) or isinstance(value, bool):
            raise Refused(f"must be a whole number, not {_named(value)}.")
        return value
    return Text(field.max_length or 100_000).read(value)


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Refused(f"must be a number, not {_named(value)}.")
    number = Decimal(str(value))
    if not number.is_finite():
        raise Refused("must be a number.")
    return number


def _listed(field: models.Field) -> str:
    return ", ".join(repr(str(value)) for value, _ in field.flatchoices)


def _visible(text: str) -> bool:
    return bool(re.fullmatch(r"[\x21-\x7e]+", text))


def _named(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return repr(value) if isinstance(value, str) else str(value)

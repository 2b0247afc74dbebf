"""One cell of a read as exact figures: registers as whole millionths, other points as canonical JSON text.

Every format hands its cells over as text (JSON's numbers unparsed), so the same read is the same in each of them.
"""

import json
import re
from decimal import Decimal, InvalidOperation

from intellimeter.common.fields import MILLION, from_millionths

MOST = 10**12 * MILLION
POWERS = (1, 10, 100, 1_000, 10_000, 100_000, MILLION)
LONGEST_TEXT = 200
UNSTORABLE = re.compile("[\0\ud800-\udfff]").search
CANONICAL_NUMBER = re.compile(r"(?!-0$)-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{0,14}[1-9])?").fullmatch
TRUTH = ("true", "false")  # CSV and XML have no other way to say what JSON says without quotes
PLAIN_NUMBER = re.compile(r"[+-]?[0-9]{0,40}\.?[0-9]{0,40}(?:[eE][+-]?[0-9]{1,2})?").fullmatch


class BadValue(ValueError):
    """A cell that cannot be stored; says what would be right."""


def register_of(cell: object, name: str, register_max: int | None) -> int:
    """The register in millionths; digits past the sixth decimal are rounded half to even."""
    text = cell if isinstance(cell, str) else ""
    whole, _, fraction = text.partition(".")
    digits = whole + fraction
    if len(fraction) <= 6 and len(digits) < 30 and digits.isdecimal() and digits.isascii():
        value = int(digits) * POWERS[6 - len(fraction)]
    else:
        number = _decimal(text)
        if number is None:
            raise BadValue(f"{name} is {str(cell)[:40]!r}; it must be a number.")
        value = int((number * MILLION).to_integral_value())
    if value < 0:
        raise BadValue(f"{name} is {cell}; a register is not negative.")
    if value >= MOST:
        raise BadValue(f"{name} is {cell}; a register is below 10^12.")
    if register_max is not None and value >= register_max:
        most = f"{from_millionths(register_max).normalize():f}"
        raise BadValue(f"{name} is {cell}; this meter's register returns to 0 at {most}.")
    return value


def _decimal(text: str) -> Decimal | None:
    text = text.strip()
    if not PLAIN_NUMBER(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def point_of(cell: object, name: str) -> str:
    """A metering point's value as canonical JSON text: a number without superfluous digits, a truth value, a short text."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if not isinstance(cell, str):
        raise BadValue(f"{name} is neither a number nor a short text.")
    if CANONICAL_NUMBER(cell) or cell in TRUTH:
        return cell
    number = _decimal(cell)
    if number is not None:
        plain = f"{number.normalize():f}"
        return "0" if plain == "-0" else plain
    if len(cell) > LONGEST_TEXT or UNSTORABLE(cell):
        raise BadValue(f"{name} is neither a number nor a text of at most {LONGEST_TEXT} characters.")
    return json.dumps(cell, ensure_ascii=False)

"""The parameters of `GET /read`, checked (reference, Read; decisions, section 6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from metering.recent import QUESTIONS

UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
FARTHEST = timedelta(days=3653)  # ten years with the leap days they can have
MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """What the groups are, and since when their reads are asked for; None: the newest alone."""

    by: str
    since: datetime | None


def read_query(request: Request, now: datetime) -> ReadQuery:
    """The query of a request; ValidationError names every parameter at fault."""
    problems: dict[str, list[str]] = {}
    by = request.query_params.get("by", "").lower()
    if by not in QUESTIONS:
        problems["by"] = [f"Must be one of {', '.join(sorted(QUESTIONS))}."]
    unit = UNITS.get(request.query_params.get("limit_unit", "hour").lower())
    if unit is None:
        problems["limit_unit"] = [f"Must be one of {', '.join(name.title() for name in UNITS)}."]
    text = request.query_params.get("limit_quantity", "0")
    quantity = int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
    if quantity is None:
        problems["limit_quantity"] = ["Must be a whole number, at least 0."]
    elif unit is not None and quantity > FARTHEST // unit:
        problems["limit_quantity"] = ["Must not go back more than ten years."]
    if problems or quantity is None or unit is None:
        raise ValidationError(problems)
    return ReadQuery(by, now - quantity * unit if quantity else None)

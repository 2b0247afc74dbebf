"""Answers as JSON: Decimal as a plain number, non-ASCII text as it is."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from rest_framework import renderers
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.utils.encoders import JSONEncoder

LONGEST = 100


class NumberEncoder(JSONEncoder):
    """Writes a Decimal as the shortest number that reads back to it (to 15 digits, which no amount of ours exceeds)."""

    def default(self, obj: Any) -> Any:
        return float(obj) if isinstance(obj, Decimal) else super().default(obj)


class JSONRenderer(renderers.JSONRenderer):
    encoder_class = NumberEncoder


class JSONAlways(BaseContentNegotiation):
    """Every answer is JSON, whatever `Accept` says: integrators' programs send all sorts of it."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        media_type = (request.content_type or "").partition(";")[0].strip().lower()
        if found := next((parser for parser in parsers if parser.media_type == media_type), None):
            return found
        served = " or ".join(parser.media_type for parser in parsers)
        said = f"of the type {media_type[:LONGEST]!a}" if media_type else "without a Content-Type"
        raise UnsupportedMediaType(media_type, detail=f"The body is {said}; this address takes {served}.")

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, str(first.media_type)

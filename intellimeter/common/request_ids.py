"""An id for each request, by which its answer, its lines in the log and its entries in the audit log are found together.

A sender's own `X-Request-Id` is kept where it is sane, so that it can be followed through several systems.
"""

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.core.signals import request_finished
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "X-Request-Id"
SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=@-]{0,127}")

_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def current() -> str | None:
    """The id of the request that this thread serves, None outside of one."""
    return _current.get()


class RequestIdMiddleware:
    """Gives every request its id and every answer the header; stands first, so that none is without."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sent = request.headers.get(HEADER, "")
        request_id = sent if SANE.fullmatch(sent) else uuid4().hex
        _current.set(request_id)
        response = self.get_response(request)
        response[HEADER] = request_id
        return response


def _forget(**_kwargs: object) -> None:
    """Not before the last piece of a streamed answer is out: what it logs belongs to the request too."""
    _current.set(None)


request_finished.connect(_forget, dispatch_uid="intellimeter.request_ids")


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to the records of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        if (request_id := current()) is not None:
            record.request_id = request_id
        return True

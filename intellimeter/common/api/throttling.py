"""How often one client may ask, and one address be refused (decisions, section 3). `API_REQUESTS_PER_SECOND` of each.

Counted by whole seconds, by all server processes together. An address is what `NUM_PROXIES` proxies say it is; with none,
what the connection says, whatever the request's headers claim.
"""

import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from rest_framework.throttling import BaseThrottle

from intellimeter.common.api.counting import count_request, counted_requests

if TYPE_CHECKING:  # the framework's settings load this module while its views are being loaded
    from django.http import HttpRequest
    from rest_framework.request import Request
    from rest_framework.views import APIView


class PerSecondThrottle(BaseThrottle):
    """For each client: the token's application, or the address where there is no token."""

    def allow_request(self, request: "Request", view: "APIView") -> bool:
        application = getattr(request.auth, "application_id", None)
        self._wait = one_more(f"app:{application}" if application else f"ip:{address_of(request)}")
        return self._wait is None

    def wait(self) -> float | None:
        return self._wait


def one_more(client: str) -> float | None:
    """Count a request of the client's; for how many seconds it must wait, where it is one too many."""
    now = time.time()
    return None if count_request(client, int(now)) <= settings.API_REQUESTS_PER_SECOND else _rest_of_second(now)


def wait_after_bad_tokens(request: Any) -> float | None:
    """For how many seconds no token is taken from this address, since so many that it showed were none."""
    now = time.time()
    tried = counted_requests(_bad_tokens_of(request), int(now))
    return None if tried < settings.API_REQUESTS_PER_SECOND else _rest_of_second(now)


def count_bad_token(request: Any) -> None:
    """Note that the address showed a token that is none."""
    count_request(_bad_tokens_of(request), int(time.time()))


def address_of(request: "HttpRequest | Request") -> str:
    """Where the request comes from."""
    return str(BaseThrottle().get_ident(request))  # type: ignore[arg-type] # it reads the headers alone


def _bad_tokens_of(request: Any) -> str:
    return f"bad-tokens:{address_of(request)}"


def _rest_of_second(now: float) -> float:
    return 1 - now % 1

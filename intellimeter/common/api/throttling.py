"""How often one client may ask (decisions, section 3)."""

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:  # the framework's settings load this module while its views are being loaded
    from rest_framework.views import APIView


class PerSecondThrottle(BaseThrottle):
    """`API_REQUESTS_PER_SECOND` for each client: the token's application, or the address where there is no token.

    Counts in the cache by whole seconds; several processes share a count where they share the cache.
    """

    def allow_request(self, request: Request, view: "APIView") -> bool:
        now = time.time()
        key = f"throttle:{self._client(request)}:{int(now)}"
        self._wait = 1 - now % 1
        cache.add(key, 0, timeout=2)
        try:
            return bool(cache.incr(key) <= settings.API_REQUESTS_PER_SECOND)
        except ValueError:  # the count was evicted between the two calls
            return True

    def wait(self) -> float:
        return self._wait

    def _client(self, request: Request) -> str:
        application = getattr(request.auth, "application_id", None)
        return f"app:{application}" if application else f"ip:{self.get_ident(request)}"

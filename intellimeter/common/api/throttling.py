"""How often one client may ask (decisions, section 3)."""

import time
from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from intellimeter.common.api.counting import count_request

if TYPE_CHECKING:  # the framework's settings load this module while its views are being loaded
    from rest_framework.views import APIView


class PerSecondThrottle(BaseThrottle):
    """`API_REQUESTS_PER_SECOND` for each client: the token's application, or the address where there is no token.

    Counted by whole seconds, by all server processes together.
    """

    def allow_request(self, request: Request, view: "APIView") -> bool:
        now = time.time()
        self._wait = 1 - now % 1
        return count_request(self._client(request), int(now)) <= settings.API_REQUESTS_PER_SECOND

    def wait(self) -> float:
        return self._wait

    def _client(self, request: Request) -> str:
        application = getattr(request.auth, "application_id", None)
        return f"app:{application}" if application else f"ip:{self.get_ident(request)}"

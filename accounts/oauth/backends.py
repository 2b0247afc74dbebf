"""How the toolkit's views read a request for oauthlib: the fields that we know, and of the headers the client's own.

Others are ignored (RFC 6749, sections 3.1 and 3.2), and kept from oauthlib, where `user`, `nonce` or `resource` would pass for
its own.
"""

from urllib.parse import urlencode

from django.http import HttpRequest
from oauth2_provider.oauth2_backends import OAuthLibCore
from oauthlib.common import Request

from accounts.models import Application
from accounts.oauth.requests import client_header, form_fields

Parameters = tuple[str, str, str, dict[str, str]]

AUTHORIZATION = frozenset(
    ["client_id", "code_challenge", "code_challenge_method", "redirect_uri", "response_type", "scope", "state"]
)


class AuthorizationCore(OAuthLibCore):
    """Requests in the address alone; what a page posts is the user's answer, not the client's request."""

    def _extract_params(self, request: HttpRequest) -> Parameters:
        asked = [
            (name, value) for name, values in request.GET.lists() for value in values if name in AUTHORIZATION and value
        ]
        return f"{request.path}?{urlencode(asked)}", "GET", "", {}


class StandardCore(OAuthLibCore):
    """Requests in the body alone, with the client in it or in the header. InvalidRequestError for a body that is no form."""

    def _extract_params(self, request: HttpRequest) -> Parameters:
        fields = {name: value for name, value in form_fields(request.body).items() if value}
        return request.path, request.method or "", urlencode(fields), client_header(request.META)

    def client_of(self, request: HttpRequest) -> Application | None:
        """The client that authenticates itself in the request, by its secret."""
        asked = Request(*self._extract_params(request))
        found: Application | None = asked.client if self.server.request_validator.authenticate_client(asked) else None
        return found

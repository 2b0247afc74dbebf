"""Which grants each of the two surfaces takes (decisions, section 4)."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from oauthlib.common import Request
from oauthlib.oauth2 import AuthorizationCodeGrant, BearerToken, ClientCredentialsGrant, RefreshTokenGrant
from oauthlib.oauth2.rfc6749.endpoints import TokenEndpoint
from oauthlib.oauth2.rfc6749.errors import OAuth2Error

from accounts.oauth.validator import DialectValidator

Answer = tuple[dict[str, str], str, int]


class ClientCredentialsWithRefresh(ClientCredentialsGrant):
    """The dialect's: its answer has a refresh token, which RFC 6749 advises against and the reference promises."""

    def create_token_response(self, request: Request, token_handler: BearerToken) -> Answer:
        headers = self._get_default_headers()
        try:
            self.validate_token_request(request)
        except OAuth2Error as error:
            return {**headers, **error.headers}, error.json, error.status_code
        token: dict[str, Any] = token_handler.create_token(request, refresh_token=True)
        self.request_validator.save_token(token, request)
        return headers, json.dumps(token), 200


@cache
def dialect_server() -> TokenEndpoint:
    """The endpoint behind `/api/v1/auth`."""
    validator = DialectValidator()
    return TokenEndpoint(
        default_grant_type="authorization_code",
        default_token_type=BearerToken(validator, expires_in=settings.OAUTH2_PROVIDER["ACCESS_TOKEN_EXPIRE_SECONDS"]),
        grant_types={
            "authorization_code": AuthorizationCodeGrant(validator),
            "client_credentials": ClientCredentialsWithRefresh(validator),
            "refresh_token": RefreshTokenGrant(validator),
        },
    )

"""Which grants each of the two surfaces takes (decisions, section 4; ADR 2).

Both have codes, device codes and refreshes. The dialect's client credentials come with a refresh token; the standard surface
has the authorization and revocation endpoints besides.
"""

import json
import re
import secrets
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from oauthlib.common import Request
from oauthlib.oauth2 import AuthorizationCodeGrant, BearerToken, ClientCredentialsGrant, RefreshTokenGrant
from oauthlib.oauth2.rfc6749.endpoints import AuthorizationEndpoint, RevocationEndpoint, TokenEndpoint
from oauthlib.oauth2.rfc6749.endpoints.base import catch_errors_and_unavailability
from oauthlib.oauth2.rfc6749.errors import InvalidRequestError, OAuth2Error
from oauthlib.oauth2.rfc6749.grant_types.authorization_code import code_challenge_method_s256
from oauthlib.oauth2.rfc8628.grant_types import DeviceCodeGrant

from accounts.oauth import device
from accounts.oauth.validator import DEVICE_CODE, DialectValidator, Validator

Answer = tuple[dict[str, str], str, int]

CHALLENGE = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class CodeGrant(AuthorizationCodeGrant):
    """Authorization codes with PKCE by S256 alone (RFC 9700, section 2.1.1)."""

    _code_challenge_methods = {"S256": code_challenge_method_s256}

    def __init__(self, validator: Validator):
        super().__init__(validator, pre_auth=[_refuse_malformed_challenge])


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


class DeviceGrant(DeviceCodeGrant):
    """Device codes, for clients that authenticate as they do anywhere else: by header or by body (RFC 8628, section 3.1)."""

    def validate_device_authorization_request(self, request: Request) -> None:
        request.grant_type = DEVICE_CODE
        self.validate_client_authentication(request)
        self.validate_grant_type(request)
        self.validate_scopes(request)


class TokenServer(TokenEndpoint):
    """What both surfaces share."""

    client_credentials: type[ClientCredentialsGrant] = ClientCredentialsGrant

    def __init__(self, validator: Validator, **_options: Any):
        self.request_validator = validator
        self.bearer = BearerToken(
            validator,
            token_generator=new_token,
            expires_in=settings.OAUTH2_PROVIDER["ACCESS_TOKEN_EXPIRE_SECONDS"],
        )
        self.code_grant = CodeGrant(validator)
        self.device_grant = DeviceGrant(validator)
        super().__init__(
            default_grant_type="authorization_code",
            default_token_type=self.bearer,
            grant_types={
                "authorization_code": self.code_grant,
                "client_credentials": self.client_credentials(validator),
                "refresh_token": RefreshTokenGrant(validator),
                DEVICE_CODE: self.device_grant,
            },
        )

    @catch_errors_and_unavailability
    def create_device_authorization_response(
        self, uri: str, http_method: str = "POST", body: str | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Begin a device's request, and tell it both of its codes (RFC 8628, section 3.2)."""
        request = Request(uri, http_method, body, headers)
        try:
            self.device_grant.validate_device_authorization_request(request)
        except OAuth2Error as error:
            return error.headers, error.json, error.status_code
        begun = device.begin(application=request.client, scopes=request.scopes)
        address = settings.PUBLIC_URL + reverse("device")
        answer = {
            "device_code": begun.device_code,
            "user_code": begun.user_code,
            "verification_uri": address,
            "verification_uri_complete": f"{address}?user_code={begun.user_code}",
            "expires_in": begun.expires_in,
            "interval": begun.interval,
        }
        return {}, json.dumps(answer), 200


class DialectServer(TokenServer):
    """Behind `/api/v1/auth`."""

    client_credentials = ClientCredentialsWithRefresh


class StandardServer(AuthorizationEndpoint, RevocationEndpoint, TokenServer):
    """Behind `/o/`."""

    def __init__(self, validator: Validator, **_options: Any):
        TokenServer.__init__(self, validator)
        RevocationEndpoint.__init__(self, validator)
        AuthorizationEndpoint.__init__(
            self,
            default_response_type="code",
            default_token_type=self.bearer,
            response_types={"code": self.code_grant},
        )


@cache
def dialect_server() -> DialectServer:
    """The one of this process."""
    return DialectServer(DialectValidator())


def new_token(_request: Request) -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def _refuse_malformed_challenge(request: Request) -> dict[str, Any]:
    """Run once the redirect URI is known to be the client's, so that it is told there."""
    challenge = request.code_challenge
    if challenge is not None and not CHALLENGE.fullmatch(challenge):
        raise InvalidRequestError(description="The code_challenge is not one of RFC 7636.", request=request)
    return {}

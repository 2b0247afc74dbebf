"""Who calls the API: the user that a bearer token acts for (RFC 6750; decisions, sections 3 and 4)."""

import hashlib

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.audit import record_actor
from accounts.models import AccessToken, User

SCHEME = b"bearer"
INVALID = "The access token is unknown, expired or revoked, or its user is not active; get a new one at /api/v1/auth."


class BearerAuthentication(BaseAuthentication):
    """One query: the token with its user, their company, and its application.

    The user must be active, and so must the application's owner. What the token changes is theirs in the audit log.
    """

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        scheme, _, value = get_authorization_header(request).partition(b" ")
        if scheme.lower() != SCHEME:
            return None
        token = live_token(value.strip())
        if token is None or token.user is None:
            raise AuthenticationFailed(INVALID)
        record_actor(token.user, application=token.application.public_id, program=token.application.name)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        if get_authorization_header(request).partition(b" ")[0].lower() == SCHEME:
            return 'Bearer error="invalid_token"'
        return "Bearer"


def live_token(value: bytes) -> AccessToken | None:
    """The token of this value, if it lives and whom it acts for is active."""
    token = (
        AccessToken.objects.select_related("user__company", "application__user")
        .filter(token_checksum=hashlib.sha256(value).hexdigest())
        .first()
    )
    return token if token is not None and token.is_valid() else None

"""What the toolkit asks of us while it answers a token request (design, section 6; decisions, section 4; ADR 2).

`Validator` serves the standard endpoints. `DialectValidator` adds what the reference's own dialect does otherwise: a pair of
access and refresh token stands for the client, whose secret a refresh does not need.
"""

from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import check_password
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauthlib.common import Request
from oauthlib.oauth2.rfc6749.errors import InvalidGrantError, InvalidScopeError

from accounts.fields import checksum
from accounts.models import AccessToken, Application, Grant, RefreshToken, User
from accounts.oauth import device
from accounts.scopes import UnknownScopeError, allowed_to, expand

CLIENT_CREDENTIALS = "client_credentials"
CLIENT = (
    *("client_id", "client_secret", "client_type", "name", "public_id", "redirect_uris", "scopes"),
    *(f"user__{name}" for name in ("company", "email", "first_name", "is_active", "is_admin", "last_name")),
)
"""What the flows and their screens look at of a client and its owner; a token request reads no more."""
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"


class Validator(OAuth2Validator):
    # --- scopes: what is asked for, cut to the application and to the user

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Application, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """Put what is granted into `request.scopes`; false for an unknown name or an empty result."""
        try:
            granted = expand(filter(None, scopes)) & frozenset(client.scopes.split())
        except UnknownScopeError:
            return False
        user = client.user if request.grant_type == CLIENT_CREDENTIALS else request.user
        if user is not None:
            granted &= allowed_to(user)
        request.scopes = sorted(granted)
        return bool(granted)

    def get_default_scopes(self, client_id: str, request: Request, *args: Any, **kwargs: Any) -> list[str]:
        """The application's own for the flows that carry no scope; none for those that must name them."""
        return [] if request.grant_type == CLIENT_CREDENTIALS else request.client.scopes.split()

    def get_original_scopes(self, refresh_token: str, request: Request, *args: Any, **kwargs: Any) -> str:
        """What the token carried, cut to what its application and its user may have today."""
        carried = frozenset(super().get_original_scopes(refresh_token, request, *args, **kwargs).split())
        granted = carried & frozenset(request.client.scopes.split()) & allowed_to(request.user)
        if not granted:
            raise InvalidScopeError(request=request)
        return " ".join(sorted(granted))

    # --- clients

    def _load_application(self, client_id: str | None, request: Request) -> Application | None:
        """The client, judged as the toolkit does, but read together with its owner, on whom it depends."""
        if request.client is None and client_id and "\0" not in client_id:
            clients = Application.objects.select_related("user").only(*CLIENT).order_by()
            request.client = next(iter(clients.filter(client_id=client_id)), None)
        found: Application | None = super()._load_application(client_id, request)
        return found

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """By the header or by the body, and by the one that is used alone (RFC 6749, section 2.3)."""
        if not self._extract_basic_auth(request):
            return bool(self._authenticate_request_body(request))
        named = request.client_id
        return bool(self._authenticate_basic_auth(request)) and named in (None, request.client.client_id)

    def _check_secret(self, provided_secret: str, stored_secret: str) -> bool:
        return bool(provided_secret) and check_password(provided_secret, stored_secret)

    def get_default_redirect_uri(self, client_id: str, request: Request, *args: Any, **kwargs: Any) -> str | None:
        """Of a request with a code, the address that the code was made for: the dialect does not send it again."""
        if request.grant_type != "authorization_code":
            default: str = super().get_default_redirect_uri(client_id, request, *args, **kwargs)
            return default
        made_for = Grant.objects.filter(code=request.code, application=request.client)
        return made_for.values_list("redirect_uri", flat=True).first()

    def is_pkce_required(self, client_id: str, request: Request) -> bool:
        return bool(request.client.client_type == Application.CLIENT_PUBLIC)

    def is_origin_allowed(self, *args: Any, **kwargs: Any) -> bool:
        """False, to leave the headers of CORS to the middleware that writes them everywhere."""
        return False

    # --- whom a token acts for

    def save_bearer_token(self, token: dict[str, Any], request: Request, *args: Any, **kwargs: Any) -> None:
        """In the view's own transaction; the toolkit's would be a savepoint in it, at two statements more a request."""
        self._save_bearer_token(token, request, *args, **kwargs)

    def _create_access_token(
        self, expires: Any, request: Request, token: dict[str, Any], source_refresh_token: RefreshToken | None = None
    ) -> AccessToken:
        if request.grant_type == CLIENT_CREDENTIALS:
            request.user = request.client.user
        created: AccessToken = super()._create_access_token(expires, request, token, source_refresh_token)
        return created

    def _create_refresh_token(
        self, request: Request, refresh_token_code: str, access_token: AccessToken, previous: RefreshToken | None
    ) -> RefreshToken:
        refresh_token = RefreshToken(
            user=request.user,
            application=request.client,
            access_token=access_token,
            token_family=previous.token_family if previous else uuid4(),
            pair_checksum=access_token.token_checksum,
        )
        self._set_token_value(refresh_token, refresh_token_code)
        refresh_token.save()
        return refresh_token

    # --- one winner: whoever holds the lock decides, and the others find it decided

    def validate_refresh_token(
        self, refresh_token: str, client: Application, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """As the toolkit judges it, with its family locked; a foreign client's token is left alone."""
        _lock_family(refresh_token)
        if not RefreshToken.objects.filter(token_checksum=checksum(refresh_token), application=client).exists():
            return False
        valid = super().validate_refresh_token(refresh_token, client, request, *args, **kwargs)
        return bool(valid) and _is_active(request.user)

    def validate_code(
        self, client_id: str, code: str, client: Application, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        Grant.objects.select_for_update().filter(code=code, application=client).first()
        valid = super().validate_code(client_id, code, client, request, *args, **kwargs)
        return bool(valid) and _is_active(request.user)

    def validate_device_code(self, client_id: str, code: str, request: Request, *args: Any, **kwargs: Any) -> str:
        """How the device's request stands; once accepted, it is redeemed for whoever accepted it."""
        status, grant = device.poll(application=request.client, device_code=code)
        if grant is not None:
            request.user, request.scopes = grant.user, grant.scope.split()
        return status


class DialectValidator(Validator):
    """Where a refresh sends both tokens of a pair, the pair tells who the client is."""

    def client_authentication_required(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        return not _has_pair(request) and bool(super().client_authentication_required(request, *args, **kwargs))

    def authenticate_client_id(self, client_id: str, request: Request, *args: Any, **kwargs: Any) -> bool:
        if not _has_pair(request):
            return bool(super().authenticate_client_id(client_id, request, *args, **kwargs))
        pair = (
            RefreshToken.objects.filter(
                token_checksum=checksum(request.refresh_token), pair_checksum=checksum(request.access_token)
            )
            .select_related("application__user")
            .first()
        )
        if pair is None or not pair.application.is_usable(request):
            raise InvalidGrantError(request=request)
        request.client, request.client_id = pair.application, pair.application.client_id
        return True


def _has_pair(request: Request) -> bool:
    return request.grant_type == "refresh_token" and bool(request.access_token)


def _is_active(user: User | None) -> bool:
    return user is not None and user.is_active


def _lock_family(refresh_token: str) -> None:
    """Hold the oldest row of the token's family, so that its refreshes come one after the other."""
    known = RefreshToken.objects.filter(token_checksum=checksum(refresh_token)).values_list("token_family", flat=True)
    family = known.first()
    if family is not None:
        RefreshToken.objects.select_for_update().filter(token_family=family).order_by("pk").first()

"""The standard surface: the toolkit's endpoints under `/o/`, and the metadata that tells clients where they are (ADR 2)."""

import json
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from oauth2_provider import views
from rest_framework.exceptions import Throttled

from accounts.fields import checksum
from accounts.models import AccessToken
from accounts.oauth.backends import StandardCore
from accounts.oauth.refusals import NOT_STORED, refusal
from accounts.oauth.requests import InvalidRequestError
from intellimeter.common.api.throttling import address_of, one_more


class StandardEndpoint:
    """What the endpoints share: POST alone, only so often, one transaction a request, and errors as RFC 6749 has them."""

    oauthlib_backend_class = StandardCore
    http_method_names = ["post", "options"]

    @method_decorator(csrf_exempt)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if str(request.method).lower() not in self.http_method_names:
            return HttpResponseNotAllowed(name.upper() for name in self.http_method_names)
        if one_more(f"ip:{address_of(request)}") is not None:
            return throttled()
        try:
            with transaction.atomic():
                response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc] # the view's
        except InvalidRequestError as error:
            return refused({"error": "invalid_request", "error_description": str(error)}, HTTPStatus.BAD_REQUEST)
        if response.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
            return refused(json.loads(response.content), response.status_code)
        for name, value in NOT_STORED.items():
            response[name] = value
        return response


@method_decorator(sensitive_post_parameters("client_secret"), name="dispatch")
class TokenView(StandardEndpoint, views.TokenView):
    """Tokens for codes, device codes, refresh tokens and clients themselves (RFC 6749, section 3.2)."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Device codes too go straight to the server: the toolkit would look at their rows first, past all limits."""
        _, headers, body, status = self.create_token_response(request)
        return HttpResponse(body, status=status, headers=headers)


class RevokeView(StandardEndpoint, views.RevokeTokenView):
    """A client gives back a token of its own; its pair dies with it (RFC 7009)."""


class DeviceAuthorizationView(StandardEndpoint, views.DeviceAuthorizationView):
    """The two codes with which a device begins (RFC 8628, section 3.1)."""

    server_class = None  # the one that the settings name

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        headers, body, status = self.create_device_authorization_response(request)
        return HttpResponse(body, status=status, headers={**headers, "Content-Type": "application/json"})


class IntrospectView(StandardEndpoint, views.IntrospectTokenView):
    """What a client's own access token is worth now (RFC 7662); others' tokens are unknown to it.

    The client shows its secret: the toolkit would take bearer tokens, too.
    """

    def authenticate_client(self, request: HttpRequest) -> bool:
        self.client = self.get_oauthlib_core().client_of(request)
        return self.client is not None

    def verify_request(self, request: HttpRequest) -> tuple[bool, None]:
        return False, None

    def unauthenticated_response(self, request: HttpRequest, oauthlib_request: Any = None) -> HttpResponse:
        return refused({"error": "invalid_client"}, HTTPStatus.UNAUTHORIZED)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = request.POST.get("token", "")
        own = AccessToken.objects.filter(token_checksum=checksum(token), application=self.client)
        if token and not own.exists():
            return JsonResponse({"active": False})
        return super().post(request, *args, **kwargs)


class MetadataView(views.OAuthServerMetadataView):
    """What the surface offers, and where (RFC 8414); with the device flow, which the toolkit leaves out."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        told = json.loads(super().get(request, *args, **kwargs).content)
        secret = [name for name in told["introspection_endpoint_auth_methods_supported"] if name != "none"]
        told["introspection_endpoint_auth_methods_supported"] = secret
        told["device_authorization_endpoint"] = self._get_endpoint_url(request, "device-authorization")
        return JsonResponse(told)


def throttled() -> HttpResponse:
    """Too many requests of one address in this second: secrets and codes may not be guessed for long."""
    error = {"error": "temporarily_unavailable", "error_description": str(Throttled(1).detail)}
    response = refused(error, HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = "1"
    return response


def refused(error: dict[str, Any], code: int) -> HttpResponse:
    """The error in RFC 6749's form."""
    body, headers = refusal(error, code)
    return JsonResponse(body, status=code, headers=headers)

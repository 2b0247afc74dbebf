"""`POST /api/v1/auth`: tokens in the reference's dialect, and in RFC 6749's own form to those who send a form."""

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.oauth.requests import InvalidRequestError, TokenRequest, read_token_request
from accounts.oauth.servers import dialect_server

NOT_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache"}


@extend_schema(exclude=True)
class AuthView(APIView):
    """Open to all: the request itself says who asks. A `Bearer` header is ignored."""

    authentication_classes = ()
    permission_classes = ()
    http_method_names = ["post"]

    def post(self, request: Request) -> Response:
        try:
            asked = read_token_request(request)
        except InvalidRequestError as error:
            return refusal("invalid_request", str(error))
        with transaction.atomic():
            _, body, code = dialect_server().create_token_response(
                request.path, "POST", urlencode(asked.fields), _credentials(request)
            )
        return _answer(asked, json.loads(body), code)

    def handle_exception(self, exc: Exception) -> Response:
        """What the framework refuses, in RFC 6749's form; what nobody foresaw goes on to be a 500."""
        if not isinstance(exc, exceptions.APIException):
            raise exc
        response = super().handle_exception(exc)
        error = "temporarily_unavailable" if isinstance(exc, exceptions.Throttled) else "invalid_request"
        response.data = {"error": error, "error_description": str(exc.detail)}
        return response


def refusal(error: str, description: str, code: int = HTTPStatus.BAD_REQUEST) -> Response:
    """An error in RFC 6749's form."""
    headers = dict(NOT_STORED)
    if code == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Basic realm="intellimeter"'
    return Response({"error": error, "error_description": description}, status=code, headers=headers)


_DESCRIPTIONS = {
    "invalid_client": "There is no such client id, or its secret is another.",
    "invalid_grant": "The code or refresh token is unknown, expired, spent, or another client's.",
    "invalid_scope": "No such scope, or none that the application and its user may have; ask for others.",
    "unauthorized_client": "This application may not use this grant type.",
    "unsupported_grant_type": "The grant type is not one that is served here.",
}


def _answer(asked: TokenRequest, body: dict[str, Any], code: int) -> Response:
    if "error" in body:
        described = body.get("error_description") or _DESCRIPTIONS.get(body["error"], "The request is refused.")
        return refusal(body["error"], described, code)
    if asked.dialect:
        body |= {"expires_in": str(timedelta(seconds=body["expires_in"])), "token_type": "bearer"}
        if asked.fields["grant_type"] == "refresh_token":
            del body["scope"]
    return Response(dict(sorted(body.items())), status=code, headers=NOT_STORED)


def _credentials(request: Request) -> dict[str, str]:
    """The client's own header alone: the reference's samples send a bearer token along, which counts for nothing."""
    scheme, _, value = str(request.META.get("HTTP_AUTHORIZATION", "")).partition(" ")
    return {"HTTP_AUTHORIZATION": f"Basic {value.strip()}"} if scheme.lower() == "basic" else {}

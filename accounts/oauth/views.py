"""`POST /api/v1/auth`: tokens in the reference's dialect, and in RFC 6749's own form to those who send a form."""

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.db import transaction
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import described
from accounts.oauth.refusals import NOT_STORED, refusal
from accounts.oauth.requests import InvalidRequestError, TokenRequest, client_header, read_token_request
from accounts.oauth.servers import dialect_server

TOKEN = frozenset(["access_token", "expires_in", "refresh_token", "scope", "token_type"])
BEGUN = frozenset(["device_code", "expires_in", "interval", "user_code", "verification_uri"])


class AuthView(APIView):
    """Open to all: the request itself says who asks. A `Bearer` header is ignored."""

    authentication_classes = ()
    permission_classes = ()
    http_method_names = ["post"]
    described = described.AUTH

    def post(self, request: Request) -> Response:
        try:
            asked = read_token_request(request)
        except InvalidRequestError as error:
            return _refused({"error": "invalid_request", "error_description": str(error)}, HTTPStatus.BAD_REQUEST)
        server = dialect_server()
        answer = server.create_device_authorization_response if asked.begins_device else server.create_token_response
        with transaction.atomic():
            _, body, code = answer(request.path, "POST", asked.body, client_header(request.META))
        return _answer(asked, json.loads(body), code)

    def handle_exception(self, exc: Exception) -> Response:
        """What the framework refuses, in RFC 6749's form; what nobody foresaw goes on to be a 500."""
        if not isinstance(exc, exceptions.APIException):
            raise exc
        response = super().handle_exception(exc)
        error = "temporarily_unavailable" if isinstance(exc, exceptions.Throttled) else "invalid_request"
        response.data = {"error": error, "error_description": str(exc.detail)}
        return response


def _answer(asked: TokenRequest, body: dict[str, Any], code: int) -> Response:
    if "error" in body:
        return _refused(body, code)
    if asked.dialect:
        body |= {name: str(timedelta(seconds=body[name])) for name in ("expires_in", "interval") if name in body}
        body = {name: value for name, value in body.items() if name in _told(asked)}
        body |= {"token_type": "bearer"} if "access_token" in body else {}
    return Response(dict(sorted(body.items())), status=code, headers=NOT_STORED)


def _told(asked: TokenRequest) -> frozenset[str]:
    """What the reference's answer to the request has."""
    if asked.begins_device:
        return BEGUN
    return TOKEN - {"scope"} if asked.fields["grant_type"] == "refresh_token" else TOKEN


def _refused(error: dict[str, Any], code: int) -> Response:
    body, headers = refusal(error, code)
    return Response(body, status=code, headers=headers)

"""The body of a token request, in the reference's JSON or in RFC 6749's form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from accounts.oauth.validator import DEVICE_CODE
from intellimeter.common.api.parsers import NUL, parse_json

DIALECT_DEVICE_CODE = "device_code"
"""The reference's name for RFC 8628's grant, of which it sends both requests to the same address."""

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MAX_BYTES = 64 * 1024

KNOWN = frozenset(
    [
        "grant_type",
        "client_id",
        "client_secret",
        "scope",
        "access_token",
        "refresh_token",
        "code",
        "redirect_uri",
        "code_verifier",
        "device_code",
        "token",
        "token_type_hint",
    ]
)
"""Other fields are ignored (RFC 6749, section 3.2), and kept from oauthlib, where `user` or `client` would pass for its own."""

_CLIENT = ("client_id", "client_secret")
_REQUIRED = {
    "client_credentials": (),
    "refresh_token": ("refresh_token",),
    "authorization_code": ("code",),
    DIALECT_DEVICE_CODE: (),
    DEVICE_CODE: ("device_code",),
}


class InvalidRequestError(Exception):
    """The request lacks a field, repeats one or has a wrong one; the text says which (RFC 6749, `invalid_request`)."""


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """The fields of a token request that have a value, and whether it is in the reference's dialect."""

    fields: Mapping[str, str]
    dialect: bool

    @property
    def begins_device(self) -> bool:
        """Whether a device asks for its codes; with a device code it polls."""
        return self.fields["grant_type"] == DIALECT_DEVICE_CODE and "device_code" not in self.fields

    @property
    def body(self) -> str:
        """The request as RFC 6749 and RFC 8628 have it."""
        fields = dict(self.fields)
        if fields["grant_type"] == DIALECT_DEVICE_CODE:
            fields["grant_type"] = DEVICE_CODE
        return urlencode(fields)


def read_token_request(request: Request) -> TokenRequest:
    """The checked fields; InvalidRequestError names the one at fault. An empty value counts as missing."""
    content_type = (request.content_type or "").partition(";")[0].strip().lower()
    if content_type not in (JSON, FORM):
        raise InvalidRequestError(f"Send the body as {JSON} or as {FORM}.")
    content = request.stream.read(MAX_BYTES + 1) if request.stream is not None else b""
    if len(content) > MAX_BYTES:
        raise InvalidRequestError(f"The body is over {MAX_BYTES:,} bytes.")
    dialect = content_type == JSON
    fields = _of_json(content) if dialect else form_fields(content)
    asked = TokenRequest({name: value for name, value in fields.items() if value}, dialect)
    _refuse_missing(asked, by_header=_is_basic(request))
    return asked


def _of_json(content: bytes) -> dict[str, str]:
    try:
        body = parse_json(content)
    except ParseError as error:
        raise InvalidRequestError(str(error.detail)) from error
    if not isinstance(body, dict):
        raise InvalidRequestError("The body must be a JSON object.")
    body = {name: value for name, value in body.items() if name in KNOWN and value is not None}
    for name, value in body.items():
        if not isinstance(value, str):
            raise InvalidRequestError(f"The field {name} must be a string.")
    return body


def form_fields(content: bytes) -> dict[str, str]:
    """The known fields of a form; InvalidRequestError where it cannot be read or has one of them twice."""
    try:
        form = QueryDict(content, encoding="utf-8")
    except (TooManyFieldsSent, UnicodeDecodeError) as error:
        raise InvalidRequestError("The form cannot be read.") from error
    fields = {}
    for name in KNOWN & form.keys():
        if len(form.getlist(name)) > 1:
            raise InvalidRequestError(f"The field {name} is there more than once.")
        fields[name] = str(form[name])
        if NUL in fields[name]:
            raise InvalidRequestError(f"The field {name} holds a NUL character.")
    return fields


def _refuse_missing(asked: TokenRequest, *, by_header: bool) -> None:
    grant_type = asked.fields.get("grant_type")
    if grant_type is None:
        raise InvalidRequestError("The field grant_type is missing.")
    if grant_type not in _REQUIRED:
        return
    required = _REQUIRED[grant_type]
    if grant_type == "refresh_token" and (asked.dialect or "access_token" in asked.fields):
        required += ("access_token",)
    elif not by_header:
        required = ("client_id", *required) if _may_be_public(grant_type) else (*_CLIENT, *required)
    for name in required:
        if name not in asked.fields:
            raise InvalidRequestError(f"The field {name} is missing.")


def _may_be_public(grant_type: str) -> bool:
    return grant_type != "client_credentials"


def _is_basic(request: Request) -> bool:
    return "HTTP_AUTHORIZATION" in client_header(request.META)


def client_header(meta: Mapping[str, Any]) -> dict[str, str]:
    """The client's own header alone: the reference's samples send a bearer token along, which counts for nothing."""
    scheme, _, value = str(meta.get("HTTP_AUTHORIZATION", "")).partition(" ")
    return {"HTTP_AUTHORIZATION": f"Basic {value.strip()}"} if scheme.lower() == "basic" else {}

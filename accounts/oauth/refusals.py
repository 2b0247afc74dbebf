"""Errors in RFC 6749's form (its section 5.2), each with one plain sentence; the device flow's are the reference's own."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

NOT_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache"}

_OF_DEVICES = {
    "access_denied": "The client has rejected the request. Stop polling.",
    "authorization_pending": "The client has neither accepted nor rejected the request. Keep polling.",
    "expired_token": "The device code you have requested either does not exist, or is expired.",
    "slow_down": "Polling faster than the interval allows. Wait longer between requests.",
}
_DESCRIPTIONS = {
    **_OF_DEVICES,
    "invalid_client": "There is no such client id, or its secret is another.",
    "invalid_grant": "The code or refresh token is unknown, expired, spent, or another client's.",
    "invalid_scope": "No such scope, or none that the application and its user may have; ask for others.",
    "unauthorized_client": "This application may not use this grant type.",
    "unsupported_grant_type": "The grant type is not one that is served here.",
}


def refusal(error: Mapping[str, Any], code: int) -> tuple[dict[str, str], dict[str, str]]:
    """The body and the headers that answer with this error."""
    name = error["error"]
    described = error.get("error_description") or _DESCRIPTIONS.get(name, "The request is refused.")
    headers = dict(NOT_STORED)
    if code == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Basic realm="intellimeter"'
    return {"error": name, "error_description": described}, headers

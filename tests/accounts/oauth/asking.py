"""How the tests ask for tokens."""

import base64
from typing import Any

from rest_framework.test import APIClient

from accounts.models import AccessToken, Application
from accounts.oauth.validator import checksum
from tests.factories.accounts import SECRET

AUTH = "/api/v1/auth"
INVALID_GRANT = (400, "invalid_grant")


def ask(application: Application, **fields: Any) -> Any:
    """A client credentials request in the reference's dialect, for every scope if not told otherwise."""
    body = {
        "client_id": application.client_id,
        "client_secret": SECRET,
        "grant_type": "client_credentials",
        "scope": "*:*:*",
    }
    return APIClient().post(AUTH, {**body, **fields}, format="json")


def refresh(pair: dict[str, str], **fields: Any) -> Any:
    """A refresh in the reference's dialect."""
    body = {
        "grant_type": "refresh_token",
        "access_token": pair["access_token"],
        "refresh_token": pair["refresh_token"],
    }
    return APIClient().post(AUTH, {**body, **fields}, format="json")


def ask_as_form(application: Application, form: str) -> Any:
    """A standard request: a form, with the client in the header."""
    basic = base64.b64encode(f"{application.client_id}:{SECRET}".encode()).decode()
    client = APIClient(HTTP_AUTHORIZATION=f"Basic {basic}")
    return client.post(AUTH, form, content_type="application/x-www-form-urlencoded")


def outcome(answer: Any) -> tuple[int, str | None]:
    return answer.status_code, answer.json().get("error")


def works(pair: dict[str, str]) -> bool:
    """Whether the pair's access token still stands."""
    return AccessToken.objects.filter(token_checksum=checksum(pair["access_token"])).exists()

"""The endpoints under `/o/` as the standards have them (decisions, section 4)."""

import base64
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import Application, RefreshToken
from accounts.scopes import ALL_SCOPES
from tests.accounts.oauth.asking import outcome, works
from tests.accounts.oauth.test_code import CALLBACK, code_for
from tests.accounts.oauth.test_device import PENDING, TOO_FAST, decide
from tests.factories.accounts import SECRET, ApplicationFactory, UserFactory

pytestmark = pytest.mark.django_db
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"


@pytest.fixture
def application():
    return ApplicationFactory(redirect_uris=CALLBACK)


def send(path: str, application: Application | None = None, **fields: str) -> Any:
    """A form, with the client in the header."""
    headers = {}
    if application is not None:
        basic = base64.b64encode(f"{application.client_id}:{SECRET}".encode()).decode()
        headers = {"Authorization": f"Basic {basic}"}
    form = urlencode(fields)
    return Client().post(path, form, content_type="application/x-www-form-urlencoded", headers=headers)


def token(application: Application | None, **fields: str) -> Any:
    return send("/o/token/", application, **fields)


def by_code(application: Application, user: Any = None) -> dict[str, Any]:
    """A pair of tokens that a user consented to."""
    code_for(application, user or UserFactory())
    answer = token(application, grant_type="authorization_code", code="a-code", redirect_uri=CALLBACK)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_client_credentials_come_without_a_refresh_token(application):
    answer = token(application, grant_type="client_credentials", scope="uac:user:read")
    body = answer.json()
    assert answer.headers["Cache-Control"] == "no-store"
    assert body == {
        "access_token": body["access_token"],
        "expires_in": 3600,
        "scope": "uac:user:read",
        "token_type": "Bearer",
    }


def test_code_and_refresh(application):
    pair = by_code(application)
    assert (pair["expires_in"], pair["scope"]) == (3600, "meter:reads:read uac:user:read")
    fresh = token(application, grant_type="refresh_token", refresh_token=pair["refresh_token"])
    assert (fresh.status_code, fresh.json()["expires_in"]) == (200, 3600)
    again = token(application, grant_type="refresh_token", refresh_token=pair["refresh_token"])
    assert outcome(again) == (400, "invalid_grant")
    assert not works(fresh.json()), "a reuse revokes the family"


def test_refresh_needs_the_client_here(application):
    pair = by_code(application)
    form = {"grant_type": "refresh_token", **{name: pair[name] for name in ("access_token", "refresh_token")}}
    assert outcome(token(None, **form)) == (401, "invalid_client")
    assert token(application, **form).status_code == 200


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"grant_type": "client_credentials", "scope": "no:such:scope"}, (400, "invalid_scope")),
        ({"grant_type": "client_credentials"}, (400, "invalid_scope")),
        ({"grant_type": "authorization_code", "code": "unknown"}, (400, "invalid_grant")),
        ({"grant_type": "authorization_code", "code": "a\0b"}, (400, "invalid_request")),
        ({"grant_type": "password", "username": "a", "password": "b"}, (400, "unsupported_grant_type")),
        ({"grant_type": DEVICE_CODE}, (400, "invalid_request")),
        ({"grant_type": DEVICE_CODE, "device_code": "unknown"}, (400, "expired_token")),
        ({}, (400, "unsupported_grant_type")),
    ],
)
def test_refusals_have_a_sentence(application, fields, expected):
    answer = token(application, **fields)
    assert outcome(answer) == expected
    assert answer.json()["error_description"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_wrong_secret_is_401(application):
    answer = token(None, grant_type="client_credentials", client_id=application.client_id, client_secret="guess")
    assert outcome(answer) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="intellimeter"'


@pytest.mark.parametrize("path", ["/o/token/", "/o/revoke/", "/o/introspect/", "/o/device-authorization/"])
def test_only_forms_by_post(application, path):
    assert Client().get(path).status_code == 405
    body = APIClient().post(path, {"grant_type": "client_credentials"}, format="json")
    assert body.status_code in (400, 401)
    assert Client(enforce_csrf_checks=True).post(path).status_code in (400, 401)


def test_device_flow(application):
    begun = send("/o/device-authorization/", application, scope="meter:*:read").json()
    assert begun == {
        "device_code": begun["device_code"],
        "expires_in": 600,
        "interval": 5,
        "user_code": begun["user_code"],
        "verification_uri": "http://127.0.0.1:8000/device",
        "verification_uri_complete": f"http://127.0.0.1:8000/device?user_code={begun['user_code']}",
    }
    poll = {"grant_type": DEVICE_CODE, "device_code": begun["device_code"]}
    assert [token(application, **poll).json() for _ in range(2)] == [PENDING, TOO_FAST]


def test_accepted_device_gets_a_pair(application):
    begun = send("/o/device-authorization/", application).json()
    decide(UserFactory(), begun)
    answer = token(application, grant_type=DEVICE_CODE, device_code=begun["device_code"]).json()
    assert (answer["expires_in"], set(answer)) == (
        3600,
        {"access_token", "expires_in", "refresh_token", "scope", "token_type"},
    )


def test_device_authorization_needs_the_client():
    assert outcome(send("/o/device-authorization/")) == (401, "invalid_client")
    assert outcome(send("/o/device-authorization/", client_id="nobody")) == (401, "invalid_client")


@pytest.mark.parametrize("given_back", ["access_token", "refresh_token"])
def test_revoked_token_takes_its_pair_along(application, given_back):
    pair = by_code(application)
    assert send("/o/revoke/", application, token=pair[given_back]).status_code == 200
    assert not works(pair)
    refreshed = token(application, grant_type="refresh_token", refresh_token=pair["refresh_token"])
    assert outcome(refreshed) == (400, "invalid_grant")


def test_others_tokens_are_not_revoked(application):
    pair = by_code(application)
    assert send("/o/revoke/", ApplicationFactory(), token=pair["access_token"]).status_code == 200
    assert send("/o/revoke/", ApplicationFactory(), token=pair["refresh_token"]).status_code == 200
    assert works(pair)
    assert RefreshToken.objects.get().revoked is None
    assert outcome(send("/o/revoke/", application)) == (400, "invalid_request")


def test_introspection_of_ones_own_token(application):
    user = UserFactory()
    pair = by_code(application, user)
    body = send("/o/introspect/", application, token=pair["access_token"]).json()
    assert body == {
        "active": True,
        "client_id": application.client_id,
        "exp": body["exp"],
        "scope": "meter:reads:read uac:user:read",
        "username": user.email,
    }
    user.is_active = False
    user.save()
    assert send("/o/introspect/", application, token=pair["access_token"]).json() == {"active": False}


def test_others_tokens_are_unknown_to_introspection(application):
    pair = by_code(application)
    asked = {"token": pair["access_token"]}
    assert send("/o/introspect/", ApplicationFactory(), **asked).json() == {"active": False}
    assert send("/o/introspect/", application, token="unknown").json() == {"active": False}
    assert outcome(send("/o/introspect/", **asked)) == (401, "invalid_client")
    bearer = Client().post("/o/introspect/", asked, headers={"Authorization": f"Bearer {pair['access_token']}"})
    assert outcome(bearer)[0] in (400, 401)
    assert outcome(send("/o/introspect/", application)) == (400, "invalid_request")


def test_metadata_tells_what_there_is():
    body = Client().get("/.well-known/oauth-authorization-server").json()
    root = "http://testserver"
    secret = ["client_secret_basic", "client_secret_post"]
    assert body == {
        "issuer": root,
        "authorization_endpoint": f"{root}/o/authorize/",
        "token_endpoint": f"{root}/o/token/",
        "revocation_endpoint": f"{root}/o/revoke/",
        "introspection_endpoint": f"{root}/o/introspect/",
        "device_authorization_endpoint": f"{root}/o/device-authorization/",
        "scopes_supported": sorted(ALL_SCOPES),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "client_credentials", "refresh_token", DEVICE_CODE],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": [*secret, "none"],
        "revocation_endpoint_auth_methods_supported": [*secret, "none"],
        "introspection_endpoint_auth_methods_supported": secret,
        "authorization_response_iss_parameter_supported": True,
        "client_id_metadata_document_supported": False,
    }


@pytest.mark.parametrize("path", ["/o/token/", "/.well-known/oauth-authorization-server", "/api/v1/auth"])
def test_programs_in_browsers_may_call(path):
    answer = Client().options(
        path, headers={"Origin": "https://spa.example.com", "Access-Control-Request-Method": "POST"}
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "https://spa.example.com"

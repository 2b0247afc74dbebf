from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import AccessToken, Application, RefreshToken
from accounts.oauth.validator import checksum
from accounts.scopes import ADMIN_SCOPES, ALL_SCOPES, in_order
from tests.accounts.oauth.asking import AUTH, ask, ask_as_form, outcome
from tests.factories.accounts import SECRET, ApplicationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory()


def test_token_has_the_references_shape(application):
    answer = ask(application, scope="meter:reads:read billing:fee:read")
    body = answer.json()
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert body == {
        "access_token": body["access_token"],
        "expires_in": "1:00:00",
        "refresh_token": body["refresh_token"],
        "scope": "billing:fee:read meter:reads:read",
        "token_type": "bearer",
    }


def test_token_acts_as_the_applications_owner_for_an_hour(application):
    before = timezone.now()
    body = ask(application).json()
    token = AccessToken.objects.get()
    assert (token.user, token.application) == (application.user, application)
    assert timedelta(hours=1) <= token.expires - before < timedelta(hours=1, seconds=20)
    assert token.token_checksum == checksum(body["access_token"])


def test_tokens_and_secret_are_stored_hashed(application):
    body = ask(application).json()
    token, refresh = AccessToken.objects.get(), RefreshToken.objects.get()
    assert (token.token, refresh.token) == ("", "")
    assert refresh.token_checksum == checksum(body["refresh_token"])
    assert Application.objects.get().client_secret.startswith("secret_sha256$")


@pytest.mark.parametrize(
    ("is_admin", "of_application", "asked", "granted"),
    [
        (True, "*", "*:*:*", in_order(ALL_SCOPES)),
        (False, "*", "*:*:*", in_order(set(ALL_SCOPES) - ADMIN_SCOPES)),
        (False, "*", "uac:users:read uac:user:read", "uac:user:read"),
        (True, "uac:user:read meter:reads:read", "*:*:*", "meter:reads:read uac:user:read"),
        (True, "uac:user:read meter:reads:read", "uac:*:*  billing:*:read", "uac:user:read"),
    ],
)
def test_grant_is_what_was_asked_cut_to_application_and_user(is_admin, of_application, asked, granted):
    scopes = in_order(ALL_SCOPES) if of_application == "*" else of_application
    application = ApplicationFactory(user=UserFactory(is_admin=is_admin), scopes=scopes)
    assert ask(application, scope=asked).json()["scope"] == granted
    assert AccessToken.objects.get().scope == granted


@pytest.mark.parametrize("scope", ["", None, "nothing", "uac:user:read nothing", "*:*", "uac:users:*", "a\u0001b"])
def test_scope_that_grants_nothing_is_refused(scope):
    application = ApplicationFactory(user=UserFactory())
    answer = ask(application, scope=scope)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("field", ["grant_type", "client_id", "client_secret"])
def test_missing_field_is_named(application, field):
    for value in (None, ""):
        answer = ask(application, **{field: value})
        assert answer.status_code == 400
        assert answer.json() == {"error": "invalid_request", "error_description": f"The field {field} is missing."}


@pytest.mark.parametrize(
    "wrong",
    [{"client_id": "nobody"}, {"client_secret": "guess"}, {"client_secret": "é"}],
)
def test_wrong_client_is_refused(application, wrong):
    answer = ask(application, **wrong)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="intellimeter"'
    assert not AccessToken.objects.exists()


def test_application_of_an_inactive_user_is_refused():
    application = ApplicationFactory(user=UserFactory(is_active=False))
    answer = ask(application)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("grant_type", ["password", "implicit", "nothing"])
def test_other_grant_types_are_refused(application, grant_type):
    answer = ask(application, grant_type=grant_type)
    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("{", "application/json"),
        ("[]", "application/json"),
        ('"text"', "application/json"),
        ('{"grant_type": 1}', "application/json"),
        ('{"grant_type": {"a": []}}', "application/json"),
        ("\xff", "application/json"),
        ("", "application/json"),
        ('{"grant_type": "client_credentials", "client_id": "no\\u0000body"}', "application/json"),
        ("grant_type=client_credentials&grant_type=refresh_token", "application/x-www-form-urlencoded"),
        ("%ff%fe=%00", "application/x-www-form-urlencoded"),
        ("grant_type=authorization_code&code=%00&client_id=a&client_secret=b", "application/x-www-form-urlencoded"),
        ("&".join("ab"[i % 2] + str(i) for i in range(2000)), "application/x-www-form-urlencoded"),
        ("a" * 70_000, "application/json"),
        ("grant_type=client_credentials", "text/plain"),
    ],
)
def test_broken_body_is_an_invalid_request(body, content_type):
    answer = APIClient().generic("POST", AUTH, body.encode("latin-1"), content_type=content_type)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert answer.json()["error_description"]


def test_unknown_fields_are_ignored(application):
    strangers = {
        "user": "x",
        "client": "y",
        "scopes": ["z"],
        "resource": 5,
        "refresh_token_instance": "r",
        "claims": {},
    }
    assert ask(application, **strangers).status_code == 200
    assert AccessToken.objects.get().user == application.user


def test_bearer_header_is_ignored(application):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION="Bearer of-yesterday")
    body = {
        "client_id": application.client_id,
        "client_secret": SECRET,
        "grant_type": "client_credentials",
        "scope": "uac:user:read",
    }
    assert client.post(AUTH, body, format="json").status_code == 200


def test_form_is_answered_in_the_standard_form(application):
    answer = ask_as_form(application, "grant_type=client_credentials&scope=uac:user:read")
    body = answer.json()
    assert answer.status_code == 200
    assert body == {
        "access_token": body["access_token"],
        "expires_in": 3600,
        "refresh_token": body["refresh_token"],
        "scope": "uac:user:read",
        "token_type": "Bearer",
    }


def test_header_that_names_another_client_than_the_body_is_refused(application):
    other = ApplicationFactory()
    form = f"grant_type=client_credentials&scope=uac:user:read&client_id={other.client_id}"
    assert outcome(ask_as_form(application, form)) == (401, "invalid_client")


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_other_methods_are_405_in_the_standard_form(method):
    answer = getattr(APIClient(), method)(AUTH)
    assert (answer.status_code, answer.json()["error"]) == (405, "invalid_request")


def test_request_reads_client_with_owner_and_writes_the_pair(application, django_assert_num_queries):
    savepoints = 2  # the view's transaction, within the test's
    with django_assert_num_queries(3 + savepoints):
        ask(application)

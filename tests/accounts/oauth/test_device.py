"""The device flow in the reference's dialect, and the page on which its user decides (decisions, section 4)."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import AccessToken, Application, Consent, DeviceGrant
from accounts.oauth.consents import give_consent
from tests.accounts.oauth.asking import AUTH, outcome
from tests.accounts.oauth.consenting import browser, shown
from tests.factories.accounts import PASSWORD, SECRET, AdminFactory, ApplicationFactory, UserFactory

pytestmark = pytest.mark.django_db
SCOPES = "meter:reads:read uac:user:read uac:users:read"

PENDING = {
    "error": "authorization_pending",
    "error_description": "The client has neither accepted nor rejected the request. Keep polling.",
}
DENIED = {"error": "access_denied", "error_description": "The client has rejected the request. Stop polling."}
EXPIRED = {
    "error": "expired_token",
    "error_description": "The device code you have requested either does not exist, or is expired.",
}
TOO_FAST = {
    "error": "slow_down",
    "error_description": "Polling faster than the interval allows. Wait longer between requests.",
}


@pytest.fixture
def application():
    return ApplicationFactory(scopes=SCOPES)


@pytest.fixture
def user():
    cache.clear()
    return UserFactory()


def ask(application, **fields):
    body = {"client_id": application.client_id, "client_secret": SECRET, "grant_type": "device_code"}
    return APIClient().post(AUTH, {**body, **fields}, format="json")


def poll(application, begun, **fields):
    return ask(application, device_code=begun["device_code"], **fields)


def decide(user, begun, allow="true"):
    return browser(user).post(reverse("device"), {"user_code": begun["user_code"], "allow": allow})


def test_device_gets_its_codes_in_the_references_shape(application):
    answer = ask(application)
    body = answer.json()
    assert answer.status_code == 200
    assert body == {
        "device_code": body["device_code"],
        "expires_in": "0:10:00",
        "interval": "0:00:05",
        "user_code": body["user_code"],
        "verification_uri": "http://127.0.0.1:8000/device",
    }
    assert re.fullmatch(r"[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}", body["user_code"])


def test_device_code_is_stored_hashed(application):
    assert ask(application).json()["device_code"] not in DeviceGrant.objects.get().device_code


def test_accepted_device_gets_a_token_that_acts_for_the_user(application, user):
    begun = ask(application).json()
    assert "Your device is connected" in decide(user, begun).content.decode()
    body = poll(application, begun).json()
    assert body == {
        "access_token": body["access_token"],
        "expires_in": "1:00:00",
        "refresh_token": body["refresh_token"],
        "scope": "meter:reads:read uac:user:read",
        "token_type": "bearer",
    }
    assert AccessToken.objects.get().user == user
    assert Consent.objects.get().scopes == "meter:reads:read uac:user:read"


def test_five_answers_to_a_poll(application, user):
    begun = ask(application).json()
    start = timezone.now()
    told = []
    for seconds, then in ((0, None), (1, None), (5, None), (10, "false"), (15, None), (601, None)):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            answer = poll(application, begun)
            told.append((answer.status_code, answer.json()))
            if then:
                decide(user, begun, then)
    assert told == [(400, body) for body in (PENDING, TOO_FAST, PENDING, PENDING, DENIED, EXPIRED)]


def test_code_is_spent_by_its_use(application, user):
    begun = ask(application).json()
    decide(user, begun)
    assert poll(application, begun).status_code == 200
    assert poll(application, begun).json() == EXPIRED
    assert not DeviceGrant.objects.exists()


def test_unknown_and_foreign_codes_are_expired(application, user):
    begun = ask(application).json()
    decide(user, begun)
    assert ask(application, device_code="unknown").json() == EXPIRED
    assert poll(ApplicationFactory(), begun).json() == EXPIRED
    assert poll(application, begun).status_code == 200


@pytest.mark.parametrize("field", ["client_id", "client_secret"])
def test_wrong_or_missing_client_begins_nothing(application, field):
    assert outcome(ask(application, **{field: "wrong"})) == (401, "invalid_client")
    missing = ask(application, **{field: ""})
    assert outcome(missing) in [(400, "invalid_request"), (401, "invalid_client")]
    assert not DeviceGrant.objects.exists()


def test_public_client_shows_no_secret(user):
    application = ApplicationFactory(client_type=Application.CLIENT_PUBLIC)
    begun = ask(application, client_secret="").json()
    decide(user, begun)
    assert poll(application, begun, client_secret="").status_code == 200


def test_scope_narrows(application, user):
    begun = ask(application, scope="uac:*:*").json()
    decide(user, begun)
    assert poll(application, begun).json()["scope"] == "uac:user:read"
    assert outcome(ask(application, scope="no:such:scope")) == (400, "invalid_scope")


def test_user_who_left_meanwhile_gives_nothing(application, user):
    begun = ask(application).json()
    decide(user, begun)
    user.is_active = False
    user.save()
    assert poll(application, begun).json() == DENIED


def test_form_is_answered_in_the_standard_form(application):
    form = {"client_id": application.client_id, "client_secret": SECRET, "grant_type": "device_code"}
    body = Client().post(AUTH, urlencode(form), content_type="application/x-www-form-urlencoded").json()
    assert (body["expires_in"], body["interval"]) == (600, 5)
    assert body["verification_uri_complete"] == f"http://127.0.0.1:8000/device?user_code={body['user_code']}"


# --- the page


def test_stranger_signs_in_first_and_the_code_survives(application, user):
    page = f"{reverse('device')}?user_code={ask(application).json()['user_code']}"
    client = browser(None)
    answer = client.get(page)
    signed_in = client.post(answer.headers["Location"], {"username": user.email, "password": PASSWORD})
    assert signed_in.headers["Location"] == page


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_typed_code_leads_to_the_consent_screen(application, user, typed):
    code = ask(application).json()["user_code"]
    answer = browser(user).get(reverse("device"), {"user_code": typed(code)})
    assert shown(answer) == ["meter:reads:read", "uac:user:read"]
    assert code in answer.content.decode()
    assert application.name in answer.content.decode()


def test_consent_is_asked_for_each_device(application, user):
    give_consent(user=user, application=application, scopes=SCOPES.split())
    begun = ask(application).json()
    assert len(shown(browser(user).get(reverse("device"), {"user_code": begun["user_code"]}))) == 2
    assert poll(application, begun).json() == PENDING


def test_code_answers_once(application, user):
    begun = ask(application).json()
    decide(user, begun, "false")
    assert decide(AdminFactory(), begun).status_code == 422
    assert poll(application, begun).json() == DENIED


def test_expired_or_unknown_code_is_told(application, user):
    code = ask(application).json()["user_code"]
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert browser(user).get(reverse("device"), {"user_code": code}).status_code == 422
    answer = browser(user).get(reverse("device"), {"user_code": "BCDF"})
    assert (answer.status_code, "No device waits with this code" in answer.content.decode()) == (422, True)


def test_guesses_are_limited(application, user):
    code = ask(application).json()["user_code"]
    client = browser(user)
    codes = [client.get(reverse("device"), {"user_code": f"BBBB-BBB{n}"}).status_code for n in range(10)]
    locked = client.get(reverse("device"), {"user_code": code})
    assert (codes, locked.status_code, locked.headers["Retry-After"]) == ([422] * 10, 429, "900")
    assert decide(user, {"user_code": code}).status_code == 429
    assert browser(UserFactory()).get(reverse("device"), {"user_code": code}).status_code == 200


def test_application_of_an_inactive_owner_is_not_asked_for(application, user):
    begun = ask(application).json()
    application.user.is_active = False
    application.user.save()
    assert decide(user, begun).status_code == 422
    assert outcome(poll(application, begun)) == (401, "invalid_client")


@pytest.mark.django_db(transaction=True)
def test_eight_parallel_polls_have_one_winner():
    application = ApplicationFactory(scopes=SCOPES)
    begun = ask(application).json()
    decide(UserFactory(), begun)
    together = Barrier(8)

    def one() -> tuple[int, str | None]:
        try:
            together.wait()
            return outcome(poll(application, begun))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        told = sorted(future.result() for future in [pool.submit(one) for _ in range(8)])

    assert told == [(200, None)] + [(400, "expired_token")] * 7
    assert AccessToken.objects.count() == 1

"""The half of the authorization code flow that runs at the token address; its screens come later."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import AccessToken, Application, Grant
from tests.accounts.oauth.asking import AUTH, INVALID_GRANT, outcome
from tests.factories.accounts import SECRET, ApplicationFactory, UserFactory

pytestmark = pytest.mark.django_db
CALLBACK = "https://client.example.com/callback"


def code_for(application, user, **fields):
    values = {
        "code": "a-code",
        "expires": timezone.now() + timedelta(minutes=1),
        "redirect_uri": CALLBACK,
        "scope": "meter:reads:read uac:user:read",
    }
    return Grant.objects.create(application=application, user=user, **{**values, **fields})


def exchange(application, **fields):
    body = {
        "grant_type": "authorization_code",
        "client_id": application.client_id,
        "client_secret": SECRET,
        "code": "a-code",
    }
    return APIClient().post(AUTH, {**body, **fields}, format="json")


@pytest.fixture
def application():
    return ApplicationFactory(redirect_uris=CALLBACK)


def test_code_becomes_a_pair_that_acts_for_the_user_who_consented(application):
    user = UserFactory()
    code_for(application, user)
    body = exchange(application).json()
    assert body == {
        "access_token": body["access_token"],
        "expires_in": "1:00:00",
        "refresh_token": body["refresh_token"],
        "scope": "meter:reads:read uac:user:read",
        "token_type": "bearer",
    }
    assert AccessToken.objects.get().user == user


def test_code_serves_once(application):
    code_for(application, UserFactory())
    assert [outcome(exchange(application)) for _ in range(2)] == [(200, None), INVALID_GRANT]


@pytest.mark.parametrize("case", ["expired", "inactive user", "another client", "another address", "unknown"])
def test_code_that_does_not_serve(application, case):
    user = UserFactory(is_active=case != "inactive user")
    late = timezone.now() - timedelta(seconds=1)
    code_for(application, user, **({"expires": late} if case == "expired" else {}))
    asking = ApplicationFactory() if case == "another client" else application
    fields = {"another address": {"redirect_uri": "https://evil.example.com/"}, "unknown": {"code": "no-code"}}
    answer = exchange(asking, **fields.get(case, {}))
    assert answer.status_code == 400
    assert answer.json()["error"] == ("invalid_request" if case == "another address" else "invalid_grant")
    assert not AccessToken.objects.exists()


def test_public_client_must_prove_that_it_asked_for_the_code():
    application = ApplicationFactory(redirect_uris=CALLBACK, client_type=Application.CLIENT_PUBLIC)
    code_for(application, UserFactory())
    assert exchange(application, client_secret="").status_code == 400
    assert not AccessToken.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_parallel_uses_have_one_winner():
    application = ApplicationFactory(redirect_uris=CALLBACK)
    code_for(application, UserFactory())
    together = Barrier(8)

    def one() -> int:
        try:
            together.wait()
            return exchange(application).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(future.result() for future in [pool.submit(one) for _ in range(8)])

    assert codes == [200] + [400] * 7
    assert AccessToken.objects.count() == 1

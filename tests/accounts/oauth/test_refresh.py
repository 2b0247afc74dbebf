from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.models import AccessToken, RefreshToken
from tests.accounts.oauth.asking import INVALID_GRANT, ask, ask_as_form, outcome, refresh, works
from tests.factories.accounts import ApplicationFactory


@pytest.fixture
def application(db):
    return ApplicationFactory()


@pytest.fixture
def pair(application):
    return ask(application).json()


def test_refresh_has_the_references_shape(pair):
    answer = refresh(pair)
    body = answer.json()
    assert answer.status_code == 200
    assert body == {
        "access_token": body["access_token"],
        "expires_in": "1:00:00",
        "refresh_token": body["refresh_token"],
        "token_type": "bearer",
    }
    assert not {body["access_token"], body["refresh_token"]} & {pair["access_token"], pair["refresh_token"]}


def test_refresh_replaces_the_pair(pair):
    fresh = refresh(pair).json()
    assert (works(pair), works(fresh)) == (False, True)
    assert AccessToken.objects.get().user == RefreshToken.objects.last().user


def test_refresh_of_an_expired_access_token(pair):
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert refresh(pair).status_code == 200


def test_refresh_after_three_idle_months_is_refused(pair):
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert outcome(refresh(pair)) == INVALID_GRANT


def test_pair_that_does_not_match_spends_nothing(application, pair):
    other = ask(application).json()
    crossed = {"access_token": other["access_token"], "refresh_token": pair["refresh_token"]}
    assert outcome(refresh(crossed)) == INVALID_GRANT
    assert outcome(refresh(pair, access_token="unknown")) == INVALID_GRANT
    assert outcome(refresh(pair, refresh_token="unknown")) == INVALID_GRANT
    assert [refresh(pair).status_code, refresh(other).status_code] == [200, 200]


def test_reuse_revokes_the_whole_family(application, pair):
    bystander = ask(application).json()
    second = refresh(pair).json()
    third = refresh(second).json()
    assert outcome(refresh(pair)) == INVALID_GRANT
    assert not works(third)
    assert outcome(refresh(third)) == INVALID_GRANT
    assert refresh(bystander).status_code == 200


def test_mismatched_reuse_leaves_the_family_alone(pair):
    fresh = refresh(pair).json()
    assert outcome(refresh(pair, access_token=fresh["access_token"])) == INVALID_GRANT
    assert refresh(fresh).status_code == 200


@pytest.mark.parametrize("field", ["access_token", "refresh_token"])
def test_missing_field_is_named(pair, field):
    answer = refresh(pair, **{field: ""})
    assert answer.status_code == 400
    assert answer.json() == {"error": "invalid_request", "error_description": f"The field {field} is missing."}


def test_scopes_are_judged_again(application, pair):
    application.user.is_admin = False
    application.user.save()
    application.scopes = "meter:reads:read uac:users:read"
    application.save()
    refresh(pair)
    assert AccessToken.objects.get().scope == "meter:reads:read"


def test_refresh_that_would_grant_nothing_is_refused(application):
    pair = ask(application, scope="uac:users:*").json()
    application.user.is_admin = False
    application.user.save()
    assert outcome(refresh(pair)) == (400, "invalid_scope")


def test_inactive_user_refreshes_nothing(application, pair):
    application.user.is_active = False
    application.user.save()
    assert outcome(refresh(pair)) == INVALID_GRANT
    application.user.is_active = True
    application.user.save()
    assert refresh(pair).status_code == 200


def test_form_with_client_secret_refreshes_without_the_access_token(application, pair):
    answer = ask_as_form(application, f"grant_type=refresh_token&refresh_token={pair['refresh_token']}")
    assert answer.status_code == 200
    assert (answer.json()["expires_in"], answer.json()["token_type"]) == (3600, "Bearer")


def test_form_of_another_client_spends_nothing(pair):
    answer = ask_as_form(ApplicationFactory(), f"grant_type=refresh_token&refresh_token={pair['refresh_token']}")
    assert outcome(answer) == INVALID_GRANT
    assert refresh(pair).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_eight_parallel_refreshes_have_one_winner():
    pair = ask(ApplicationFactory()).json()
    together = Barrier(8)

    def one() -> int:
        try:
            together.wait()
            return refresh(pair).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(future.result() for future in [pool.submit(one) for _ in range(8)])

    assert codes == [200] + [400] * 7
    assert not AccessToken.objects.exists(), "the seven others are a reuse, which revokes the family"

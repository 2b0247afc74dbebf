"""The check of a bearer token, at every request (decisions, section 3)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import RequestFactory
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.oauth.authentication import BearerAuthentication
from tests.factories.accounts import ApplicationFactory, UserFactory, access_token

pytestmark = pytest.mark.django_db


def check(value: str):
    return BearerAuthentication().authenticate(
        Request(RequestFactory().get("/", headers={"Authorization": f"Bearer {value}"}))
    )


@pytest.fixture
def token():
    return access_token("uac:user:read", user=UserFactory(), application=ApplicationFactory())


def test_check_takes_one_query(token, django_assert_num_queries):
    value, row = token
    with django_assert_num_queries(1):
        user, found = check(value)
        assert (user, found) == (row.user, row)
        assert user.company
        assert found.may("uac:user:read")


@pytest.mark.parametrize("who", ["its user", "the application's owner"])
def test_token_dies_at_once_with_either_of_its_people(token, who):
    value, row = token
    person = row.user if who == "its user" else row.application.user
    person.is_active = False
    person.save()
    with pytest.raises(AuthenticationFailed):
        check(value)


def test_token_dies_after_an_hour(token):
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1)), pytest.raises(AuthenticationFailed):
        check(token[0])


@pytest.mark.parametrize("value", ["", "unknown", "é"])
def test_unknown_token_is_refused(value):
    with pytest.raises(AuthenticationFailed):
        check(value)

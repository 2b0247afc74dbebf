"""Consents given: seen and revoked in the portal's settings."""

import pytest
from django.urls import reverse

from accounts.models import AccessToken, Consent, DeviceGrant, Grant
from accounts.oauth.consents import give_consent
from tests.accounts.oauth.asking import INVALID_GRANT, ask, outcome, refresh, works
from tests.accounts.oauth.consenting import address, browser
from tests.accounts.oauth.test_code import CALLBACK, code_for, exchange
from tests.accounts.oauth.test_device import ask as ask_device
from tests.accounts.oauth.test_device import decide, poll
from tests.factories.accounts import ApplicationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory(name="Dashboard", redirect_uris=f"{CALLBACK} https://client.example.com/callback?tab=1")


def consent_of(user, application):
    return give_consent(user=user, application=application, scopes=["meter:reads:read", "uac:user:read"])


def revoke(user, consent):
    return browser(user).post(reverse("consent-revoke", args=[consent.public_id]))


def test_page_lists_ones_own(application):
    user, other = UserFactory(), UserFactory()
    consent_of(user, application)
    consent_of(other, ApplicationFactory(name="Not mine"))
    page = browser(user).get(reverse("consents")).content.decode()
    assert "Dashboard" in page
    assert "View meter reads" in page
    assert "Not mine" not in page


def test_page_takes_a_few_queries_however_long_it_is(django_assert_num_queries):
    user = UserFactory()
    for _ in range(5):
        consent_of(user, ApplicationFactory())
    client = browser(user)
    with django_assert_num_queries(5):  # session, user, their company, count, consents
        client.get(reverse("consents"))


def test_revoking_ends_all_that_came_of_it(application):
    user = UserFactory()
    consent = consent_of(user, application)
    code_for(application, user)
    pair = exchange(application).json()
    code_for(application, user, code="another")
    begun = ask_device(application).json()
    decide(user, begun)
    own = ask(application).json()

    assert "Dashboard" in browser(user).get(reverse("consent-revoke", args=[consent.public_id])).content.decode()
    assert revoke(user, consent).headers["Location"] == reverse("consents")

    assert not works(pair)
    assert outcome(refresh(pair)) == INVALID_GRANT
    assert outcome(exchange(application, code="another")) == INVALID_GRANT
    assert outcome(poll(application, begun)) == (400, "expired_token")
    assert not Consent.objects.exists()
    assert not Grant.objects.exists()
    assert not DeviceGrant.objects.exists()
    assert works(own), "the owner's own token is not this user's"
    assert AccessToken.objects.count() == 1
    assert browser(user).get(address(application)).status_code == 200, "the screen asks again"


def test_nobody_revokes_anothers(application):
    consent = consent_of(UserFactory(), application)
    assert revoke(UserFactory(), consent).status_code == 404
    assert Consent.objects.exists()


def test_giving_again_is_one_consent(application):
    user = UserFactory()
    consent_of(user, application)
    give_consent(user=user, application=application, scopes=["billing:fee:read"])
    assert Consent.objects.get().scopes == "billing:fee:read meter:reads:read uac:user:read"

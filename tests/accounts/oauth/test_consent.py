"""The authorization page, from the program's link to the code (reference, Authorization Code; decisions, section 4)."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Application, Consent, Grant
from accounts.oauth.consents import give_consent
from tests.accounts.oauth.consenting import AUTHORIZE, CALLBACK, address, back, browser, shown
from tests.accounts.oauth.test_code import exchange
from tests.factories.accounts import (
    PASSWORD,
    AdminFactory,
    ApplicationFactory,
    CompanyFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SCOPES = "meter:reads:read uac:user:read uac:users:read"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.fixture
def application():
    owner = AdminFactory(
        first_name="Grace",
        last_name="Hopper",
        company=CompanyFactory(name="Meter Apps Inc."),
        email="grace@apps.example",
    )
    return ApplicationFactory(
        user=owner, name="Dashboard", redirect_uris=f"https://other.example/ {CALLBACK}", scopes=SCOPES
    )


@pytest.fixture
def user():
    return UserFactory()


def test_stranger_signs_in_first_and_comes_back_to_the_request(application, user):
    asked = address(application, state="a b")
    client = browser(None)
    answer = client.get(asked)
    assert answer.headers["Location"].startswith("/sign-in?next=")
    signed_in = client.post(answer.headers["Location"], {"username": user.email, "password": PASSWORD})
    assert signed_in.headers["Location"] == asked
    assert client.get(asked).status_code == 200


@pytest.mark.parametrize("path", [AUTHORIZE, "/o/authorize/"])
def test_screen_names_the_application_its_owner_and_what_it_asks_for(application, path):
    answer = browser(AdminFactory()).get(address(application, path))
    page = answer.content.decode()
    assert shown(answer) == SCOPES.split()
    for text in (
        "Dashboard",
        "Grace Hopper, Meter Apps Inc.",
        "View meter reads",
        "View all users",
        "client.example.com",
    ):
        assert text in page
    assert page.index("Meters and reads") < page.index("Users and accounts")


def test_admin_scopes_are_not_asked_of_others(application, user):
    assert shown(browser(user).get(address(application))) == ["meter:reads:read", "uac:user:read"]


def test_scope_parameter_narrows(application, user):
    answer = browser(user).get(address(application, scope="uac:*:* billing:*:*"))
    assert shown(answer) == ["uac:user:read"]


def test_accepting_leads_back_with_a_code_and_the_state_and_the_issuer(application, user):
    answer = browser(user).post(address(application, state="xyz"), {"allow": "true"})
    told = back(answer)
    assert told == {"tab": "1", "code": told["code"], "state": "xyz", "iss": "http://testserver"}
    body = exchange(application, code=told["code"]).json()
    assert body["scope"] == "meter:reads:read uac:user:read"
    assert Consent.objects.get().scopes == "meter:reads:read uac:user:read"


def test_code_is_stored_hashed(application, user):
    code = back(browser(user).post(address(application), {"allow": "true"}))["code"]
    assert code not in Grant.objects.get().code


@pytest.mark.parametrize("said", [{"allow": "false"}, {}])
def test_denying_leads_back_with_access_denied(application, user, said):
    told = back(browser(user).post(address(application, state="xyz"), said))
    assert told == {"tab": "1", "error": "access_denied", "state": "xyz", "iss": "http://testserver"}
    assert not Consent.objects.exists()
    assert not Grant.objects.exists()


def test_answer_cannot_change_the_request(application, user):
    posted = {"allow": "true", "redirect_uri": "https://evil.example/", "scope": "uac:users:read", "client_id": "x"}
    assert "code" in back(browser(user).post(address(application, scope="meter:reads:read"), posted))
    assert Consent.objects.get().scopes == "meter:reads:read"


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "nobody"},
        {"client_id": None},
        {"client_id": "a\0b"},
        {"redirect_uri": "https://evil.example.com/"},
        {"redirect_uri": CALLBACK + "2"},
        {"redirect_uri": CALLBACK.upper()},
        {"redirect_uri": "https://client.example.com/callback"},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": None},  # two are registered, so it must be said which
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_wrong_client_or_address_is_told_to_the_user_alone(application, user, wrong, method):
    answer = getattr(browser(user), method)(address(application, **wrong))
    assert answer.status_code == 400
    assert "This request cannot be answered" in answer.content.decode()
    assert not Grant.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"response_type": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code token"}, "unauthorized_client"),
        ({"scope": "no:such:scope"}, "invalid_scope"),
        ({"scope": "uac:users:read"}, "invalid_scope"),
        ({"code_challenge": "short", "code_challenge_method": "S256"}, "invalid_request"),
        ({"code_challenge": "a" * 300, "code_challenge_method": "S256"}, "invalid_request"),
        ({"code_challenge": CHALLENGE, "code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": CHALLENGE}, "invalid_request"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_other_faults_are_told_to_the_program(application, user, wrong, error, method):
    asked = address(application, state="s", **wrong)
    told = back(browser(user).get(asked) if method == "get" else browser(user).post(asked, {"allow": "true"}))
    assert (told["error"], told["state"], told["iss"]) == (error, "s", "http://testserver")


def test_loopback_is_compared_with_its_port(user):
    uri = "http://127.0.0.1:7000/back"
    application = ApplicationFactory(redirect_uris=uri)
    assert browser(user).get(address(application, redirect_uri=uri)).status_code == 200
    assert browser(user).get(address(application, redirect_uri="http://127.0.0.1:7001/back")).status_code == 400


def test_public_client_must_use_pkce(user):
    application = ApplicationFactory(redirect_uris=CALLBACK, client_type=Application.CLIENT_PUBLIC)
    assert back(browser(user).get(address(application)))["error"] == "invalid_request"
    with_pkce = address(application, code_challenge=CHALLENGE, code_challenge_method="S256")
    code = back(browser(user).post(with_pkce, {"allow": "true"}))["code"]
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert exchange(application, client_secret="", code=code, code_verifier="wrong").status_code == 400
    assert exchange(application, client_secret="", code=code, code_verifier=verifier).status_code == 200


def test_consent_is_remembered_for_the_same_or_fewer_scopes(application, user):
    give_consent(user=user, application=application, scopes=["meter:reads:read", "uac:user:read"])
    assert "code" in back(browser(user).get(address(application)))
    assert "code" in back(browser(user).get(address(application, scope="uac:user:read")))
    assert Grant.objects.order_by("pk").last().scope == "uac:user:read"


def test_what_is_asked_for_newly_is_marked_and_added_to_the_consent(application, user):
    give_consent(user=user, application=application, scopes=["meter:reads:read"])
    answer = browser(user).get(address(application))
    assert shown(answer) == ["meter:reads:read", "uac:user:read*"]
    browser(user).post(address(application, scope="uac:user:read"), {"allow": "true"})
    assert Consent.objects.get().scopes == "meter:reads:read uac:user:read"


def test_owners_own_token_is_no_consent(application):
    exchange(application, grant_type="client_credentials", scope="*:*:*")
    assert browser(application.user).get(address(application)).status_code == 200


def test_inactive_people_neither_consent_nor_are_asked_for(application, user):
    user.is_active = False
    user.save()
    assert browser(user).post(address(application), {"allow": "true"}).headers["Location"].startswith("/sign-in")
    application.user.is_active = False
    application.user.save()
    assert browser(UserFactory()).get(address(application)).status_code == 400
    assert not Consent.objects.exists()


def test_staff_without_a_company_have_nothing_to_give(application):
    assert browser(StaffFactory()).get(address(application)).status_code == 404


def form_action(answer) -> str:
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    return policy["form-action"]


def test_policy_lets_the_form_lead_to_the_program_and_nowhere_else(application, user):
    asked = address(application)
    assert form_action(browser(user).get(asked)) == "'self' https://client.example.com"
    assert form_action(browser(None).get(asked, follow=True)) == "'self' https://client.example.com"
    evil = address(application, redirect_uri="https://evil.example.com/")
    assert form_action(browser(None).get(evil, follow=True)) == "'self'"
    assert form_action(browser(None).get(reverse("sign-in"))) == "'self'"


def test_page_is_for_the_users_own_eyes(application, user):
    answer = browser(user).get(address(application), headers={"Origin": "https://evil.example.com"})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "private" in answer.headers["Cache-Control"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_answer_needs_the_pages_own_token(application, user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post(address(application), {"allow": "true"}).status_code == 403

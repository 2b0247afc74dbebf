"""The consent screen and the device page in Chromium, up to the redirect that the page's policy must let through."""

import http.server
import threading
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from accounts.models import Consent
from accounts.oauth.consents import give_consent
from tests.accounts.oauth.test_device import PENDING, ask, poll
from tests.factories.accounts import PASSWORD, AdminFactory, ApplicationFactory, CompanyFactory

pytestmark = pytest.mark.django_db(transaction=True)
SCOPES = "billing:invoice:read billing:tenant:read meter:reads:read uac:user:read uac:users:read"


class Callback(http.server.BaseHTTPRequestHandler):
    """The program's own server: thanks whoever comes."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Program</title>Thanks.")

    def log_message(self, *_: object) -> None:
        """Nothing: what came is in the browser's address."""


@pytest.fixture
def callback() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Callback)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/callback"
    server.shutdown()


@pytest.fixture
def user(transactional_db):
    return AdminFactory(
        email="mary@example.com", first_name="Mary", last_name="Singh", company=CompanyFactory(name="Maple")
    )


@pytest.fixture
def application(callback):
    owner = AdminFactory(first_name="Grace", last_name="Hopper", company=CompanyFactory(name="Meter Apps Inc."))
    return ApplicationFactory(user=owner, name="Energy Dashboard", redirect_uris=callback, scopes=SCOPES)


def link(application, callback, **fields: str) -> str:
    asked = {"client_id": application.client_id, "redirect_uri": callback, "response_type": "code", **fields}
    return f"/api/v1/auth/authorization?{urlencode(asked)}"


def back(page, callback) -> dict[str, list[str]]:
    """What the program is told, once the browser has arrived there."""
    page.wait_for_url(lambda url: url.startswith(callback))
    assert page.title() == "Program"
    return parse_qs(urlsplit(page.url).query)


def sign_in_here(page, user) -> None:
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_consent_leads_to_the_program(portal, user, application, callback):
    give_consent(user=user, application=application, scopes=["meter:reads:read"])
    page = portal.open(link(application, callback, state="s"))
    sign_in_here(page, user)
    page.get_by_role("heading", name="Allow Energy Dashboard").wait_for()
    portal.check("consent")
    page.get_by_role("button", name="Accept").click()
    assert set(back(page, callback)) == {"code", "state", "iss"}


def test_remembered_consent_leads_from_the_sign_in_to_the_program(portal, user, application, callback):
    give_consent(user=user, application=application, scopes=SCOPES.split())
    page = portal.open(link(application, callback))
    sign_in_here(page, user)
    assert "code" in back(page, callback)


def test_denial_leads_to_the_program(portal, user, application, callback):
    page = portal.open(link(application, callback))
    sign_in_here(page, user)
    page.get_by_role("button", name="Deny").click()
    assert back(page, callback)["error"] == ["access_denied"]


def test_request_that_is_not_in_order_stays_here(portal, user, application):
    portal.sign_in(user.email)
    page = portal.open(link(application, "https://evil.example.com/"))
    assert page.get_by_role("heading", name="This request cannot be answered").is_visible()
    portal.check("authorization-refused")


def test_device_code_typed_and_accepted_and_seen_and_revoked(portal, user, application):
    begun = ask(application).json()
    portal.sign_in(user.email)
    page = portal.open("/device")
    portal.check("device")
    page.get_by_label("Code").fill("bbbb bbbb")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("alert").wait_for()
    portal.check("device-unknown")
    page.get_by_label("Code").fill(begun["user_code"].lower().replace("-", ""))
    page.get_by_role("button", name="Continue").click()
    page.get_by_text(begun["user_code"]).wait_for()
    portal.check("device-consent")
    assert poll(application, begun).json() == PENDING
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("heading", name="Your device is connected").wait_for()
    portal.check("device-done")

    page = portal.open("/settings/consents")
    portal.check("consents")
    page.get_by_role("link", name="Revoke the consent given to Energy Dashboard").click()
    portal.check("consent-revoke")
    page.get_by_role("button", name="Yes, revoke").click()
    page.get_by_text("No application acts for you").wait_for()
    assert not Consent.objects.exists()

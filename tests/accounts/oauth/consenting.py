"""How the tests walk through the consent screen: a browser that is signed in, and what it is sent back with."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from accounts.models import Application, User

AUTHORIZE = "/api/v1/auth/authorization"
CALLBACK = "https://client.example.com/callback?tab=1"


def browser(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def address(application: Application, path: str = AUTHORIZE, **fields: str | None) -> str:
    """The authorization page for a request of the reference's three parameters, changed as told; None leaves one out."""
    asked = {"client_id": application.client_id, "redirect_uri": CALLBACK, "response_type": "code", **fields}
    return f"{path}?{urlencode({name: value for name, value in asked.items() if value is not None})}"


def back(answer: Any) -> dict[str, str]:
    """What the program is told in the address that the user is sent back to."""
    assert answer.status_code == 302, answer.content
    assert answer.headers["Location"].startswith("https://client.example.com/callback?tab=1&")
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def shown(answer: Any) -> list[str]:
    """The scopes that the consent screen names; a new one with an asterisk."""
    assert answer.status_code == 200, answer.content
    found = re.findall(
        r"<code>([a-z:-]+)</code>( <span class=\"state state-open\">new)?", unescape(answer.content.decode())
    )
    return [name + ("*" if new else "") for name, new in found]

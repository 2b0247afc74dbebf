"""Where a page's form may lead (CSP's `form-action`): Chromium holds every redirect that follows a form to it.

So the consent page admits the program's address, and so does the sign-in page on the way to a consent that is remembered.
"""

from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.urls import Resolver404, resolve

from accounts.models import Application

AUTHORIZATION = {"auth-authorization", "oauth2_provider:authorize"}


def admit_redirect(response: HttpResponse, redirect_uri: str) -> None:
    """Let the page's form end at the origin of this address, and nowhere else outside."""
    parts = urlsplit(redirect_uri)
    # A policy cannot name an IPv6 address; its scheme must do.
    origin = f"{parts.scheme}:" if ":" in (parts.hostname or "") else f"{parts.scheme}://{parts.netloc}"
    response._csp_update = {"form-action": [origin]}  # type: ignore[attr-defined] # django-csp's own door


def redirect_uri_behind(address: str) -> str | None:
    """Where the authorization page at this address of ours would send people, if the program registered it."""
    parts = urlsplit(address)
    try:
        if resolve(parts.path).view_name not in AUTHORIZATION:
            return None
    except Resolver404:
        return None
    asked = parse_qs(parts.query)
    client = Application.objects.filter(client_id=asked.get("client_id", [""])[0].replace("\0", "")).first()
    if client is None:
        return None
    (uri,) = asked.get("redirect_uri", client.redirect_uris.split())[:1] or [""]
    return uri if client.redirect_uri_allowed(uri) else None

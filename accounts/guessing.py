"""What django-axes asks of us: under which name guesses are counted, and what somebody sees who guessed too often."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def attempted_email(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The email as it is compared: without regard to case, so another spelling is no fresh start."""
    given = credentials or request.POST
    return str(given.get("username") or "").strip().lower()


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None) -> HttpResponse:
    """The sign-in is closed for this email from this address for a while: 429, with when to try again."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    response = render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response

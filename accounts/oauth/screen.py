"""The consent screen, of codes and devices alike: who asks, for what, what of it is new, and where it leads."""

from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Application
from accounts.scopes import by_area


class ConsentForm(forms.Form):
    """The user's answer; none is a no."""

    allow = forms.BooleanField(required=False)

    @classmethod
    def allows(cls, data: Any) -> bool:
        form = cls(data)
        return form.is_valid() and bool(form.cleaned_data["allow"])


def consent_screen(
    request: HttpRequest,
    *,
    application: Application,
    scopes: Iterable[str],
    given: Collection[str],
    redirect_uri: str = "",
    user_code: str = "",
) -> HttpResponse:
    """The page that asks. What is not among `given` is marked as new, where anything was given before."""
    areas = [
        (area, [(scope, bool(given) and scope.name not in given) for scope in found]) for area, found in by_area(scopes)
    ]
    context = {
        "application": application,
        "owner": application.user,
        "areas": areas,
        "given": bool(given),
        "host": urlsplit(redirect_uri).netloc,
        "user_code": user_code,
    }
    return render(request, "accounts/consent.html", context)

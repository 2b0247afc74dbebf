"""The doors of the portal: sign in, sign out."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from accounts.forms import SignInForm
from accounts.models import User
from accounts.oauth.form_action import admit_redirect, redirect_uri_behind


class SignIn(LoginView):
    """Email and password; `next` is followed on this site only."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A new installation has nobody who could sign in: the page says how the first one comes to be."""
        return super().get_context_data(**kwargs) | {"nobody_yet": not User.objects.exists()}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().render_to_response(context, **kwargs)
        if behind := redirect_uri_behind(self.get_redirect_url()):
            admit_redirect(response, behind)
        return response


class SignOut(LogoutView):
    """Ends the session; POST only, so no link of another site can."""

    http_method_names = ["post", "options"]


def staff_sign_in(request: HttpRequest, **_extra: Any) -> HttpResponse:
    """Django admin's own sign-in gives way to ours, so that guesses are counted and answered in one place."""
    if request.user.is_authenticated:
        raise PermissionDenied(_("The platform's administration is for staff. You are signed in as somebody else."))
    return redirect(f"{resolve_url('sign-in')}?{urlencode({'next': request.GET.get('next', '/admin/')})}")

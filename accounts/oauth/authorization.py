"""The authorization page: a user reads what a program asks for, and lets it or not (RFC 6749, section 4.1; decisions, 4).

`/api/v1/auth/authorization` and `/o/authorize/` are the same. The request is judged anew when the answer comes, from the
address alone, so nothing in the page can be tampered with.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.generic.base import TemplateResponseMixin
from oauth2_provider.exceptions import OAuthToolkitError
from oauth2_provider.settings import oauth2_settings
from oauth2_provider.views.base import BaseAuthorizationView
from oauthlib.common import add_params_to_uri
from oauthlib.oauth2.rfc6749.errors import InvalidScopeError

from accounts.audit import record_actor
from accounts.models import Application
from accounts.oauth.backends import AuthorizationCore
from accounts.oauth.consents import consented_scopes, give_consent
from accounts.oauth.form_action import admit_redirect
from accounts.oauth.screen import ConsentForm, consent_screen
from accounts.scopes import allowed_to
from intellimeter.common.portal.pages import PortalPage


@dataclass(frozen=True, slots=True)
class Asked:
    """A sound request: who asks, for what of it the user may give, and how to answer."""

    application: Application
    scopes: list[str]
    credentials: dict[str, Any]

    @property
    def redirect_uri(self) -> str:
        return str(self.credentials["redirect_uri"])


class AuthorizationPage(PortalPage, TemplateResponseMixin, BaseAuthorizationView):
    """After the sign-in: consent, or at once back to the program where it was given before."""

    template_name = "accounts/authorization_refused.html"
    oauthlib_backend_class = AuthorizationCore
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            asked = self.asked()
            given = consented_scopes(self.user, asked.application)
            if given.issuperset(asked.scopes):
                return self.answer(asked, allow=True)
        except OAuthToolkitError as error:
            return self.error_response(error, None)
        response = consent_screen(
            request, application=asked.application, scopes=asked.scopes, given=given, redirect_uri=asked.redirect_uri
        )
        admit_redirect(response, asked.redirect_uri)
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        allow = ConsentForm.allows(request.POST)
        try:
            asked = self.asked()
            with transaction.atomic():
                if allow:
                    record_actor(self.user)
                    give_consent(user=self.user, application=asked.application, scopes=asked.scopes)
                return self.answer(asked, allow=allow)
        except OAuthToolkitError as error:
            return self.error_response(error, None)

    def asked(self) -> Asked:
        """The request, if it is sound; what the user may not give is left out of it."""
        scopes, credentials = self.validate_authorization_request(self.request)
        request = credentials["request"]
        grantable = sorted(allowed_to(self.user).intersection(scopes))
        if not grantable:
            raise OAuthToolkitError(error=InvalidScopeError(request=request))
        wanted = {name: credentials[name] for name in ("client_id", "redirect_uri", "response_type", "state")}
        return Asked(request.client, grantable, wanted)

    def answer(self, asked: Asked, *, allow: bool) -> HttpResponse:
        """Back to the program, with a code or with the word that access is denied."""
        address, *_ = self.create_authorization_response(
            request=self.request, scopes=" ".join(asked.scopes), credentials=asked.credentials, allow=allow
        )
        return self.redirect(address, asked.application)

    def redirect(self, redirect_to: str, application: Application | None) -> HttpResponse:
        """With the issuer, which the toolkit adds to codes alone, and RFC 9207 wants with errors, too."""
        issuer = oauth2_settings.oauth2_authorization_server_issuer(self.request)
        if ("iss", issuer) not in parse_qsl(urlsplit(redirect_to).query):
            redirect_to = add_params_to_uri(redirect_to, [("iss", issuer)])
        response: HttpResponse = super().redirect(redirect_to, application)
        return response

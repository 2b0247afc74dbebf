"""The page of `verification_uri`: a user types the code that their device shows, reads what it asks for, and decides."""

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.models import Application, DeviceGrant
from accounts.oauth import device
from accounts.oauth.consents import consented_scopes, give_consent
from accounts.oauth.screen import ConsentForm, consent_screen
from accounts.scopes import allowed_to
from intellimeter.common.portal.pages import PortalPage


class DevicePage(PortalPage, View):
    """`?user_code=` or a typed one leads to the consent screen, which says the code again, to compare it with the device's.

    Consent is asked for each device, also where the program has it already: whoever sent the link may hold the device.
    """

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = request.GET.get("user_code", "").strip()
        return self.consent(typed) if typed else self.form()

    def post(self, request: HttpRequest) -> HttpResponse:
        typed = request.POST.get("user_code", "").strip()
        if "allow" not in request.POST:
            return self.consent(typed)
        return self.consent(typed, answer=ConsentForm.allows(request.POST))

    def consent(self, typed: str, answer: bool | None = None) -> HttpResponse:
        """The screen for the request of this code; with an answer, what came of it."""
        guess = device.guess(self.user)
        if guess is None:
            wait = device.GUESSES_COUNT_FOR.seconds
            problem = _("There were too many wrong codes. Wait %(minutes)s minutes, then try again.")
            response = self.form(typed, problem % {"minutes": wait // 60}, HTTPStatus.TOO_MANY_REQUESTS)
            response["Retry-After"] = str(wait)
            return response
        grant = device.waiting(typed)
        application = grant and usable_application(grant.client_id)
        if grant is None or application is None:
            problem = _("No device waits with this code. Check it, or let the device show a new one.")
            return self.form(typed, problem, HTTPStatus.UNPROCESSABLE_ENTITY)
        guess.delete()
        scopes = sorted(allowed_to(self.user).intersection(grant.scope.split(), application.scopes.split()))
        if answer is None and scopes:
            given = consented_scopes(self.user, application)
            shown = device.as_shown(grant.user_code)
            return consent_screen(self.request, application=application, scopes=scopes, given=given, user_code=shown)
        return self.decided(grant, application, scopes if answer else None)

    @transaction.atomic
    def decided(self, grant: DeviceGrant, application: Application, scopes: list[str] | None) -> HttpResponse:
        """Tell the device, and the user what they have done."""
        if not device.decide(grant=grant, user=self.user, scopes=scopes or None):
            return self.form(problem=_("This request was answered already, or it expired."))
        if scopes:
            give_consent(user=self.user, application=application, scopes=scopes)
        return render(self.request, "accounts/device_done.html", {"application": application, "allowed": bool(scopes)})

    def form(self, typed: str = "", problem: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
        context: dict[str, Any] = {"typed": typed, "problem": problem}
        return render(self.request, "accounts/device.html", context, status=status)


def usable_application(client_id: str) -> Application | None:
    """The program that asks, while its owner is active."""
    found = Application.objects.filter(client_id=client_id).select_related("user__company").first()
    return found if found is not None and found.is_usable() else None

"""The base of every page: people of a company only, private, and at ease with htmx (decisions, section 5)."""

from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import urlsplit

from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

if TYPE_CHECKING:
    from accounts.models import User


class PortalPage(LoginRequiredMixin):
    """A page for people who work in a company.

    A stranger is sent to the sign-in and comes back to this address. For a user without a company (platform staff) nothing
    exists here: the page says so, with status 404, and where to go instead. `section` names the entry of the main menu
    that the page belongs to. `scope` is what the API would ask a token for to do the same (403 for a user who may not have
    it); pages of what every user may see have none.
    """

    section: ClassVar[str] = ""
    scope: ClassVar[str] = ""
    without_company_status: ClassVar[int] = 404

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase
        if request.user.is_authenticated and request.user.company_id is None:
            response = render(request, "portal/no_company.html", status=self.without_company_status)
        elif self.scope and request.user.is_authenticated and not request.user.may(self.scope):
            raise PermissionDenied(_("This is for admins of your company."))
        else:
            response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    @property
    def user(self) -> "User":
        """Who is looking; the page is reached by people who are signed in alone."""
        return cast("User", self.request.user)

    def handle_no_permission(self) -> HttpResponse:  # type: ignore[override] # htmx follows a header, not a redirect
        """A session that ended while a page was open: reload the page, do not paint the sign-in into a part of it."""
        if self.request.headers.get("HX-Request"):
            return HttpResponseClientRefresh()
        if not hasattr(self, "get"):  # a button of another page: that page is where to go on
            return redirect_to_login(urlsplit(self.request.headers.get("Referer", "")).path or "/")
        return super().handle_no_permission()

"""The settings page on which a user sees what programs may do for them, and takes it back."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from accounts.models import Consent
from accounts.oauth.consents import revoke_consent
from accounts.scopes import by_area
from intellimeter.common.portal.forms import ConfirmPage
from intellimeter.common.portal.pages import PortalPage

CONSENTS_ON_A_PAGE = 25


class ConsentList(PortalPage, ListView):
    """Every program that the user let act for them."""

    section = "settings"
    setting = "consents"
    template_name = "accounts/consents.html"
    context_object_name = "consents"
    paginate_by = CONSENTS_ON_A_PAGE

    def get_queryset(self) -> QuerySet[Consent]:
        return Consent.objects.visible_to(self.user).select_related("application__user__company")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        described = [(one, by_area(one.scopes.split())) for one in context["consents"]]
        return context | {"described": described}


class ConsentRevoke(ConfirmPage):
    """Asks before a program is shut out."""

    section = "settings"
    setting = "consents"
    scope = "uac:user:update"
    question = gettext_lazy("Take back this consent?")
    submit = gettext_lazy("Yes, revoke")
    done = gettext_lazy("The consent is revoked.")

    def rows(self) -> QuerySet[Consent]:
        return Consent.objects.visible_to(self.user).select_related("application", "user")

    def consequences(self) -> list[str]:
        return [
            _("%(name)s can no longer act for you: all its tokens for your account stop working at once.")
            % {"name": self.object.application},
            _("It may ask you again, and you decide anew."),
        ]

    def perform(self) -> None:
        revoke_consent(consent=self.object)

    def back(self) -> str:
        return reverse("consents")

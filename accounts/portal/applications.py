"""The settings pages for a person's own API applications. A secret is shown once: only its hash is kept."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from accounts.models import Application
from accounts.portal.application_forms import ApplicationForm
from accounts.services import create_application, delete_application, update_application
from intellimeter.common.errors import DomainError
from intellimeter.common.portal.forms import ConfirmPage, FormPage
from intellimeter.common.portal.pages import PortalPage

ROWS_ON_A_PAGE = 25


class ApplicationList(PortalPage, ListView):
    """One's own applications."""

    section = "settings"
    setting = "applications"
    scope = "auth:app:read"
    template_name = "accounts/applications.html"
    context_object_name = "applications"
    paginate_by = ROWS_ON_A_PAGE

    def get_queryset(self) -> QuerySet[Application]:
        return Application.objects.visible_to(self.user)


class _WithSecret:
    """The page that shows a new secret, this once; it is kept in no history and no cache."""

    request: Any

    def show(self, application: Application, secret: str) -> HttpResponse:
        context = {"application": application, "secret": secret, "view": self, "back": reverse("applications")}
        response = render(self.request, "accounts/application_secret.html", context)
        response["Cache-Control"] = "no-store"
        return response


class ApplicationAdd(_WithSecret, FormPage):
    """A further application; its id and secret are shown next."""

    section = "settings"
    setting = "applications"
    scope = "auth:app:create"
    form_class = ApplicationForm
    template_name = "accounts/settings_form.html"
    title = gettext_lazy("New application")
    submit = gettext_lazy("Create")

    def form_valid(self, form: ApplicationForm) -> HttpResponse:
        try:
            application, secret = create_application(user=self.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
            return self.form_invalid(form)
        return self.show(application, secret)

    def back(self) -> str:
        return reverse("applications")


class ApplicationEdit(FormPage):
    """An application's name, scopes and redirect addresses."""

    section = "settings"
    setting = "applications"
    scope = "auth:app:update"
    form_class = ApplicationForm
    template_name = "accounts/settings_form.html"
    done = gettext_lazy("The application is saved. Tokens that it holds keep what they were granted until they expire.")

    def rows(self) -> QuerySet[Application]:
        return Application.objects.visible_to(self.user)

    def heading(self) -> str:
        return str(self.object.name)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"application": self.object}

    def perform(self, form: ApplicationForm) -> None:
        update_application(application=self.object, **form.cleaned_data)

    def back(self) -> str:
        return reverse("applications")


class ApplicationSecret(_WithSecret, ConfirmPage):
    """A new secret in the old one's place."""

    section = "settings"
    setting = "applications"
    scope = "auth:app:update"
    question = gettext_lazy("Make a new secret for %(name)s?")
    submit = gettext_lazy("Yes, make a new one")

    def rows(self) -> QuerySet[Application]:
        return Application.objects.visible_to(self.user)

    def consequences(self) -> list[str]:
        return [_("The old secret is void at once: whatever still uses it can get no further token.")]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        application, secret = update_application(application=self.object, new_secret=True)
        assert secret is not None  # it was asked for
        messages.success(request, _("The old secret is void."))
        return self.show(application, secret)

    def back(self) -> str:
        return reverse("applications")


class ApplicationDelete(ConfirmPage):
    """Asks before an application goes."""

    section = "settings"
    setting = "applications"
    scope = "auth:app:delete"
    question = gettext_lazy("Delete the application %(name)s?")
    done = gettext_lazy("The application is deleted.")

    def rows(self) -> QuerySet[Application]:
        return Application.objects.visible_to(self.user)

    def consequences(self) -> list[str]:
        return [_("All its tokens stop working at once, also those that other people consented to.")]

    def perform(self) -> None:
        delete_application(application=self.object)

    def back(self) -> str:
        return reverse("applications")

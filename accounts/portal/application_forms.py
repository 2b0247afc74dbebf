"""What a person says of a program that may use the API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Application
from accounts.scopes import ALL_SCOPES, by_area
from intellimeter.common.portal.forms import PortalForm


class ApplicationForm(PortalForm):
    """Its name, what it may ask for at most, and where people may be sent back to."""

    name = forms.CharField(label=_("Name"), max_length=255, help_text=_("People who are asked for consent read it."))
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "What it may ask for at most. Those for admins count only while the person it acts for is an admin."
        ),
    )
    redirect_uris = forms.CharField(
        label=_("Redirect addresses"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Of a web application, one a line: https, or http on 127.0.0.1. Compared exactly."),
    )

    def __init__(self, *args: Any, application: Application | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["scopes"]
        choices.choices = [
            (scope.name, f"{area}: {scope.description} ({scope.name})")
            for area, scopes in by_area(ALL_SCOPES)
            for scope in scopes
        ]
        if application is not None:
            self.initial = {
                "name": application.name,
                "scopes": application.scopes.split(),
                "redirect_uris": "\n".join(application.redirect_uris.split()),
            }

    def clean_scopes(self) -> str:
        return " ".join(self.cleaned_data["scopes"])

    def clean_redirect_uris(self) -> list[str]:
        return str(self.cleaned_data["redirect_uris"]).split()

"""Links that depend on more than their address: a template library, on hand in every template."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()


@register.simple_tag
def outbox_url() -> str:
    """Where the local outbox is, where mail goes there; else nothing."""
    if not settings.EMAIL_BACKEND.endswith("OutboxBackend"):
        return ""
    try:
        return reverse("outbox")
    except NoReverseMatch:
        return ""


SETTINGS = (
    ("account", _("My account"), ""),
    ("password", _("Password"), ""),
    ("consents", _("Consents given"), ""),
    ("applications", _("API applications"), "auth:app:read"),
    ("company", _("Company"), "company:info:update"),
    ("users", _("Users"), "uac:users:read"),
    ("file-upload", _("File upload"), "file:http:read"),
    ("audit-log", _("Audit log"), "uac:users:read"),
)
"""The pages of the settings in their order: the name of the address, the label, and the scope that opens it."""


@register.inclusion_tag("portal/_settings_menu.html", takes_context=True)
def settings_menu(context: dict[str, Any]) -> dict[str, Any]:
    """The settings that the user may open; the page's view says by `setting` which of them it belongs to."""
    user, here = context["user"], getattr(context.get("view"), "setting", "")
    return {
        "settings_entries": [
            {"address": reverse(name), "label": label, "here": name == here}
            for name, label, scope in SETTINGS
            if not scope or user.may(scope)
        ]
    }


@register.simple_tag(takes_context=True)
def page_link(context: dict[str, Any], number: int, parameter: str) -> str:
    """This page's own address with another page of the list that the parameter turns; its filters stay."""
    request = context["request"]
    query = request.GET.copy()
    query[parameter] = str(number)
    return f"{context.get('paged_path', request.path)}?{query.urlencode()}"

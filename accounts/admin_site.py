"""The platform's administration: for staff, with a policy of its own for what its pages may run."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_update
from django.contrib import admin
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

# The admin's interface (Alpine.js) evaluates expressions of its own templates and sets inline styles; nothing else may
RELAXED = {"script-src": ["'self'", "'unsafe-eval'"], "style-src": ["'self'", "'unsafe-inline'"]}


ICONS = {
    "accounts.company": "domain",
    "accounts.user": "group",
    "accounts.application": "extension",
    "accounts.accesstoken": "key",
    "auditlog.logentry": "history",
    "axes.accessattempt": "lock",
    "axes.accesslog": "login",
    "billing.constants": "percent",
    "billing.fee": "add_card",
    "billing.invoice": "receipt_long",
    "billing.invoicemail": "outgoing_mail",
    "billing.invoicesequence": "tag",
    "billing.service": "event_repeat",
    "billing.tenant": "person",
    "help.question": "help",
    "fileupload.cycle": "update",
    "fileupload.delivery": "upload_file",
    "fileupload.ftpsdestination": "folder_shared",
    "fileupload.httpdestination": "http",
    "fileupload.sample": "labs",
    "metering.meter": "speed",
    "metering.property": "apartment",
    "metering.suite": "meeting_room",
    "reporting.run": "picture_as_pdf",
    "reporting.schedule": "schedule_send",
    "site_files.sitefile": "upload_file",
}
PLAIN = "table_rows"
GROUPS = {
    "metering": None,
    "billing": None,
    "reporting": None,
    "fileupload": _("File upload"),
    "accounts": None,
    "help": None,
    "site_files": None,
    "auditlog": None,
    "axes": _("Sign-ins"),
}
"""The groups of the sidebar in their order, with a title where the app's own says nothing to staff."""


class PlatformSite(UnfoldAdminSite):
    """django-unfold's site under our policy."""

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        relaxed: Callable[..., Any] = csp_update(RELAXED)(super().admin_view(view, cacheable))
        return relaxed

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The sidebar: each app's models with an icon each; an app that has no place yet comes last."""
    apps = {app["app_label"]: app for app in admin.site.get_app_list(request)}
    return [
        {
            "title": GROUPS.get(label) or apps[label]["name"],
            "separator": True,
            "items": [_item(model) for model in apps[label]["models"]],
        }
        for label in [*(label for label in GROUPS if label in apps), *(label for label in apps if label not in GROUPS)]
    ]


def stylesheet(request: HttpRequest) -> str:
    """What our own tables on the admin's pages look like."""
    return static("admin/platform.css")


def _item(model: dict[str, Any]) -> dict[str, Any]:
    label = model["model"]._meta.label_lower
    return {"title": model["name"], "icon": ICONS.get(label, PLAIN), "link": model["admin_url"]}

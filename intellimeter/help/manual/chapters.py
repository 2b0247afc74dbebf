"""What the manual consists of, in its order. A chapter is a template of its name under `templates/help/manual/`."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Chapter(NamedTuple):
    """A chapter by its name, which links to it, and with the headings of its sections by their anchors."""

    name: str
    title: object

    @property
    def template(self) -> str:
        return f"help/manual/{self.name}.html"


CHAPTERS = (
    Chapter("sign-in", _("Signing in")),
    Chapter("properties", _("Properties and meters")),
    Chapter("charts", _("Charts and comparisons")),
    Chapter("import", _("Importing reads")),
    Chapter("billing", _("Setting up billing")),
    Chapter("invoices", _("Invoices, and how to check one by hand")),
    Chapter("tenants", _("Tenants")),
    Chapter("reports", _("Reports")),
    Chapter("scheduled", _("Scheduled reports")),
    Chapter("file-upload", _("Sending reads to your own server")),
    Chapter("settings", _("Settings, users and permissions")),
    Chapter("applications", _("Applications and the API")),
    Chapter("flags", _("What the flags mean")),
    Chapter("glossary", _("Glossary")),
)
STYLESHEET = "help/manual/manual.css"
TEMPLATE = "help/manual/manual.html"
PARTS = (TEMPLATE, STYLESHEET, *(chapter.template for chapter in CHAPTERS))

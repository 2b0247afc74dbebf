"""The guide's pages of text, in the order in which they are read."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Page(NamedTuple):
    """A page by the name in its address, with the parts of it that the contents list by their anchors."""

    name: str
    title: object
    parts: tuple[tuple[str, object], ...] = ()

    @property
    def template(self) -> str:
        return f"help/guide/{self.name}.html"


START = Page(
    "start",
    _("First steps"),
    (
        ("application", _("An application")),
        ("token", _("A token")),
        ("property", _("A property and a meter")),
        ("first-read", _("The first read")),
        ("first-invoice", _("The first invoice")),
    ),
)
TEXT_PAGES = (
    START,
    Page(
        "authentication",
        _("Authentication"),
        (
            ("client-credentials", _("Client credentials")),
            ("refresh", _("Refresh token")),
            ("authorization-code", _("Authorization code and PKCE")),
            ("device", _("Device code")),
            ("standard", _("Standard endpoints")),
            ("scopes", _("Scopes")),
        ),
    ),
    Page(
        "basics",
        _("Conventions"),
        (
            ("ids", _("Ids")),
            ("times", _("Times")),
            ("numbers", _("Numbers")),
            ("bodies", _("Bodies")),
            ("lists", _("Lists, pages, filters")),
            ("errors", _("Errors")),
            ("limits", _("Limits")),
        ),
    ),
    Page(
        "reads",
        _("Reads and files"),
        (
            ("sending", _("Sending reads")),
            ("intervals", _("Intervals and flags")),
            ("formats", _("File formats")),
            ("file-send", _("File send")),
        ),
    ),
    Page(
        "invoices",
        _("Invoice types"),
        (
            ("customized", _("Customized Price")),
            ("general-consumption", _("General Consumption Price")),
            ("split", _("Split From General")),
            ("rounding", _("Rounding and tax")),
        ),
    ),
    Page("faq", _("Frequent questions")),
)
BY_NAME = {page.name: page for page in TEXT_PAGES}

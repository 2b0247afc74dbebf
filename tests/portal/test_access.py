"""Who may open which page (decisions, section 5): a table of people and addresses."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.scopes import ALL_SCOPES
from billing.models import Invoice
from intellimeter.common.portal.forms import ActionPage
from intellimeter.common.portal.pages import PortalPage
from tests.factories.accounts import AdminFactory, StaffFactory, UserFactory
from tests.portal.conftest import browser

SIGN_IN = 302

OBJECT_PAGES = {
    "property": lambda site: f"/properties/{site.tower.public_id}",
    "property-meters": lambda site: f"/properties/{site.tower.public_id}/meters",
    "meter": lambda site: f"/meters/{site.electricity.public_id}",
    "invoice": lambda site: f"/invoices/{site.invoice.public_id}",
    "invoice-odt": lambda site: f"/invoices/{site.invoice.public_id}/odt",
    "invoice-pdf": lambda site: f"/invoices/{site.invoice.public_id}/pdf",
}
LIST_PAGES = {"home": "/", "invoices": "/invoices", "invoices-csv": "/invoices.csv", "tenants": "/tenants"}


def people(site):
    return {
        "stranger": None,
        "clerk without the property": site.clerk,
        "admin of another company": AdminFactory(),
        "admin": site.admin,
        "clerk with all properties": UserFactory(company=site.admin.company),
        "inactive admin": AdminFactory(company=site.admin.company, is_active=False),
        "staff without a company": StaffFactory(),
    }


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("stranger", SIGN_IN),
        ("clerk without the property", 404),
        ("admin of another company", 404),
        ("admin", 200),
        ("clerk with all properties", 200),
        ("inactive admin", SIGN_IN),
        ("staff without a company", 404),
    ],
)
@pytest.mark.parametrize("page", OBJECT_PAGES)
def test_object_page_by_person(site, who, expected, page):
    response = browser(people(site)[who]).get(OBJECT_PAGES[page](site), headers={"HX-Request": "true"})

    if expected == SIGN_IN:
        assert (response.status_code, response.headers["HX-Refresh"]) == (200, "true")
        assert response.content == b""
    else:
        assert response.status_code == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("stranger", SIGN_IN),
        ("clerk without the property", 200),
        ("admin of another company", 200),
        ("admin", 200),
        ("inactive admin", SIGN_IN),
    ],
)
@pytest.mark.parametrize("page", LIST_PAGES)
def test_list_page_by_person(site, who, expected, page):
    assert browser(people(site)[who]).get(LIST_PAGES[page]).status_code == expected


@pytest.mark.parametrize("who", ["clerk without the property", "admin of another company"])
@pytest.mark.parametrize("page", LIST_PAGES)
def test_list_page_says_nothing_of_a_property_withheld(site, who, page):
    response = browser(people(site)[who]).get(LIST_PAGES[page])

    content = b"".join(response.streaming_content) if response.streaming else response.content
    for withheld in ("Maple Tower", "Suite 101", "Tremblay", "marie@example.com", site.invoice.public_id):
        assert withheld not in content.decode()


@pytest.mark.parametrize("page", [*LIST_PAGES.values(), "/properties/00000000", "/invoices/00000000"])
def test_stranger_is_sent_to_the_sign_in_and_comes_back(db, page):
    response = browser().get(page)

    assert response.headers["Location"] == f"/sign-in?next={page}"


def test_button_pressed_after_the_session_ended_leads_back_to_its_page(site):
    page = f"/invoices/{site.invoice.public_id}"

    response = browser().post("/reports/scheduled/00000000/run", headers={"Referer": f"http://testserver{page}?a=1"})

    assert response.headers["Location"] == f"/sign-in?next={page}"


OPEN = {
    "sign-in",
    "sign-out",
    "admin/login/",
    "favicon.ico",
    "password/forgotten",
    "password/mailed",
    "password/new/<uidb64>/<token>",
    # OAuth's endpoints for programs, which show their own secrets
    ".well-known/oauth-authorization-server",
    "o/device-authorization/",
    "o/introspect/",
    "o/revoke/",
    "o/token/",
}


def pages():
    """Every address of the portal with its view."""
    return {str(one.pattern): getattr(one.callback, "view_class", None) for one in leaves(get_resolver().url_patterns)}


def test_every_page_is_for_people_of_a_company_or_open_on_purpose():
    unguarded = {address for address, view in pages().items() if view is None or not issubclass(view, PortalPage)}

    assert unguarded == OPEN | own_doors(unguarded)


def test_every_page_that_changes_something_names_the_scope_that_the_api_asks_for_the_same():
    changing = {address: view for address, view in pages().items() if view and issubclass(view, ActionPage)}

    assert {address for address, view in changing.items() if view.scope not in ALL_SCOPES} == set()


def leaves(patterns, prefix=""):
    for one in patterns:
        if isinstance(one, URLPattern):
            yield one
        elif isinstance(one, URLResolver) and str(one.pattern) == "":
            yield from leaves(one.url_patterns)


def own_doors(addresses: set[str]) -> set[str]:
    """Pages of other parts of the product; what guards them is tested with them."""
    return {address for address in addresses if address.startswith("outbox")}


def test_page_of_a_company_is_kept_out_of_shared_caches(manager):
    assert manager.get("/").headers["Cache-Control"] == "private, no-cache"


def test_anonymous_user_sees_no_invoice(site):
    assert list(Invoice.objects.visible_to(AnonymousUser())) == []

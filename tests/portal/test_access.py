"""Who may open which page (decisions, section 5): a table of people and addresses."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import URLPattern, URLResolver, get_resolver

from billing import urls as billing_urls
from billing.models import Invoice
from intellimeter.common.portal.pages import PortalPage
from intellimeter.portal import urls as portal_urls
from metering import urls as metering_urls
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


def test_every_page_of_the_portal_is_for_people_of_a_company():
    patterns = [*portal_urls.urlpatterns, *metering_urls.urlpatterns, *billing_urls.urlpatterns]
    unguarded = [one.name for one in patterns if not issubclass(one.callback.view_class, PortalPage)]

    assert len(patterns) == 10
    assert unguarded == []


def test_every_other_address_is_the_sign_in_or_has_a_door_of_its_own():
    guarded = {*portal_urls.urlpatterns, *metering_urls.urlpatterns, *billing_urls.urlpatterns}
    others = {str(one.pattern) for one in leaves(get_resolver().url_patterns) if one not in guarded}

    assert others == {"sign-in", "sign-out", "admin/login/", "favicon.ico"} | own_doors(others)


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

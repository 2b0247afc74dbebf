"""What holds of every page; those that links lead to are gone through by the crawl."""

import pytest

from tests.factories.accounts import AdminFactory, StaffFactory
from tests.portal.conftest import browser
from tests.portal.pages import document
from tests.portal.soundness import faults

PAGES = {
    "sign-in": (lambda site: None, lambda site: "/sign-in?next=/invoices"),
    "password": (lambda site: None, lambda site: "/password/forgotten"),
    "wrong filter": (lambda site: site.admin, lambda site: "/invoices?property=00000000"),
    "empty home": (lambda site: AdminFactory(), lambda site: "/"),
    "no company": (lambda site: StaffFactory(), lambda site: "/"),
    "not found": (lambda site: site.admin, lambda site: "/nowhere"),
    "not found by a stranger": (lambda site: None, lambda site: "/nowhere"),
    "forbidden": (lambda site: site.admin, lambda site: "/admin/login/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_page_that_no_link_leads_to_is_sound(site, name):
    person, address = PAGES[name]
    response = browser(person(site)).get(address(site))

    assert faults(response, document(response)) == []


@pytest.mark.parametrize(("address", "entry"), [("/", "Overview"), ("/invoices", "Invoices"), ("/tenants", "Tenants")])
def test_menu_marks_the_page_that_is_open(site, address, entry):
    page = document(browser(site.admin).get(address))

    assert [" ".join(link.text_content().split()) for link in page.xpath("//header//a[@aria-current='page']")] == [
        entry
    ]


def test_menu_marks_the_part_that_a_page_belongs_to(site):
    page = document(browser(site.admin).get(f"/invoices/{site.invoice.public_id}"))

    assert page.xpath("//header//a[@aria-current='true']/@href") == ["/invoices"]


def test_names_from_people_are_shown_as_text(site):
    site.tower.display_name = site.tower.address = "<script>alert(1)</script>"
    site.tower.save()
    site.tenant.first_name = "<b>Bo</b>"
    site.tenant.save()
    client = browser(site.admin)

    for address in ("/", f"/properties/{site.tower.public_id}", "/tenants", "/invoices"):
        content = client.get(address).content.decode()
        assert "<script>alert" not in content
        assert "<b>Bo" not in content


def test_page_is_in_one_language_whatever_the_browser_prefers(site):
    response = browser(site.admin).get("/invoices?property=00000000", headers={"Accept-Language": "de-DE,fr;q=0.5"})

    assert response.headers["Content-Language"] == "en"
    assert "Select a valid choice." in response.content.decode()

"""What holds of every page: a strict policy that the page keeps to, nothing from elsewhere, landmarks, labels, one heading."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from tests.factories.accounts import AdminFactory, StaffFactory
from tests.portal.conftest import browser
from tests.portal.pages import document

PAGES = {
    "sign-in": (lambda site: None, lambda site: "/sign-in?next=/invoices"),
    "home": (lambda site: site.admin, lambda site: "/"),
    "property": (lambda site: site.admin, lambda site: f"/properties/{site.tower.public_id}"),
    "meter": (lambda site: site.admin, lambda site: f"/meters/{site.electricity.public_id}"),
    "invoices": (lambda site: site.admin, lambda site: "/invoices?state=unpaid&sort=total"),
    "invoice": (lambda site: site.admin, lambda site: f"/invoices/{site.invoice.public_id}"),
    "tenants": (lambda site: site.admin, lambda site: "/tenants"),
    "invoice paid": (lambda site: site.admin, lambda site: f"/invoices/{site.invoice.public_id}/paid"),
    "wrong filter": (lambda site: site.admin, lambda site: "/invoices?property=00000000"),
    "empty home": (lambda site: AdminFactory(), lambda site: "/"),
    "no company": (lambda site: StaffFactory(), lambda site: "/"),
    "not found": (lambda site: site.admin, lambda site: "/nowhere"),
    "not found by a stranger": (lambda site: None, lambda site: "/nowhere"),
    "forbidden": (lambda site: site.admin, lambda site: "/admin/login/"),
}


@pytest.fixture(params=PAGES)
def response(site, request):
    person, address = PAGES[request.param]
    return browser(person(site)).get(address(site))


@pytest.fixture
def page(response):
    return document(response)


def test_policy_allows_nothing_inline_and_nothing_from_elsewhere(response):
    rules = {
        name: values.split()
        for name, _, values in (
            rule.strip().partition(" ") for rule in response.headers["Content-Security-Policy"].split(";")
        )
    }

    assert rules["default-src"] == ["'self'"]
    assert {"script-src", "style-src"} & rules.keys() == set()
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_page_has_no_script_or_style_of_its_own(page):
    assert page.xpath("//style | //*[@style]") == []
    assert page.xpath("//script[not(@src)] | //script[text()]") == []
    handlers = [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert handlers == []
    assert page.xpath("//@href[starts-with(., 'javascript:')]") == []


def test_page_loads_from_this_server_alone(page):
    addresses = page.xpath("//script/@src | //link/@href | //img/@src | //iframe/@src | //form/@action")

    assert [address for address in addresses if urlsplit(address).netloc] == []


def test_assets_that_the_page_names_are_there(page):
    names = [address.removeprefix("/static/") for address in page.xpath("//script/@src | //link/@href")]

    assert len(names) >= 7
    assert [name for name in names if not finders.find(name)] == []


def test_page_can_be_gone_through_without_seeing_it(page):
    assert page.xpath("//html/@lang") == ["en"]
    assert len(page.xpath("//main[@id='content']")) == len(page.xpath("//header")) == 1
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//body/*[1][self::a]/@href") == ["#content"]
    (title,) = page.xpath("//head/title/text()")
    assert re.fullmatch(r"\S.* · Intellimeter", title)


def test_fields_have_labels_and_icons_are_hidden(page):
    fields = page.xpath("//input[not(@type='hidden')] | //select | //textarea")
    labels = set(page.xpath("//label/@for"))

    assert [field.get("name") for field in fields if field.get("id") not in labels] == []
    assert page.xpath("//i[not(@aria-hidden='true')]") == []
    assert page.xpath("//table[not(caption)] | //th[not(@scope)]") == []
    assert page.xpath("//svg[not(@aria-hidden='true') and not(@role='img' and @aria-label)]") == []
    assert page.xpath("//nav[not(@aria-label)]") == []


def test_ids_stand_once(page):
    ids = page.xpath("//@id")

    assert sorted(set(ids)) == sorted(ids)
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)


def test_forms_that_change_something_carry_a_token(page):
    forms = page.xpath("//form[@method='post']")

    assert [form for form in forms if not form.xpath(".//input[@name='csrfmiddlewaretoken']")] == []


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


def test_every_link_of_the_pages_leads_somewhere(site):
    client = browser(site.admin)
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        seen.add(address)
        response = client.get(address)
        assert response.status_code == 200, address
        if response.streaming or not response.headers["Content-Type"].startswith("text/html"):
            continue
        for link in document(response).xpath("//a/@href"):
            target = link.split("#")[0]
            target = f"{urlsplit(address).path}{target}" if target.startswith("?") else target
            if target.startswith("/") and not target.startswith("/admin") and target not in seen:
                waiting.append(target)
                seen.add(target)

    assert len(seen) > 20


def test_page_is_in_one_language_whatever_the_browser_prefers(site):
    response = browser(site.admin).get("/invoices?property=00000000", headers={"Accept-Language": "de-DE,fr;q=0.5"})

    assert response.headers["Content-Language"] == "en"
    assert "Select a valid choice." in response.content.decode()

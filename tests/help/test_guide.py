"""`/api/v1/guide`: all operations with all samples, true figures, and pages under the portal's policy."""

from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from accounts.scopes import ALL_SCOPES
from intellimeter.api_docs.views import document as description
from intellimeter.help.guide.pages import TEXT_PAGES
from intellimeter.help.operations import chapters
from intellimeter.help.samples import LANGUAGES
from tests.factories.accounts import AdminFactory
from tests.factories.help import QuestionFactory
from tests.portal.pages import document
from tests.schema.conftest import operations

pytestmark = pytest.mark.django_db
ROOT = "http://testserver"
CHAPTERS = [chapter.slug for chapter in chapters(ROOT)]
ADDRESSES = ["/api/v1/guide"]
ADDRESSES += [f"/api/v1/guide/{page.name}" for page in TEXT_PAGES]
ADDRESSES += [f"/api/v1/guide/operations/{slug}" for slug in CHAPTERS]


@pytest.fixture
def pages(client):
    """Every page of the guide by its address."""
    return {address: document(client.get(address)) for address in ADDRESSES}


def test_every_operation_of_the_description_is_shown_with_every_sample(client):
    described = {one["operationId"] for _method, _path, one in operations(description()) if not one.get("deprecated")}
    shown = {}
    for slug in CHAPTERS:
        for section in document(client.get(f"/api/v1/guide/operations/{slug}")).xpath("//section[@class='operation']"):
            languages = section.xpath(".//details[contains(@class, 'sample')]/@data-language")
            shown[section.get("id").replace("-", "_")] = languages

    assert shown == {name: list(LANGUAGES) for name in described}


def test_chapter_shows_parameters_bodies_and_answers(client):
    text = (
        document(client.get("/api/v1/guide/operations/fee"))
        .xpath("//section[@id='billing-fee-update']")[0]
        .text_content()
    )

    for word in (
        "/api/v1/billing/fee",
        "/api/v1/fee",
        "billing:fee:update",
        "property",
        "value",
        "200 OK",
        "409 Conflict",
    ):
        assert word in text


def test_contents_link_to_every_operation_from_every_page(pages):
    expected = {
        f"/api/v1/guide/operations/{chapter.slug}#{operation.anchor}"
        for chapter in chapters(ROOT)
        for operation in chapter.operations
    }

    for address, page in pages.items():
        assert expected <= set(page.xpath("//nav[@id='contents']//a/@href")), address


def test_links_within_the_guide_lead_somewhere(pages):
    ids = {address: set(page.xpath("//@id")) for address, page in pages.items()}
    for address, page in pages.items():
        for link in map(urlsplit, page.xpath("//main//a/@href")):
            if link.path.startswith("/api/v1/guide") or not link.path:
                found = ids[link.path or address]
                assert not link.fragment or link.fragment in found, (address, link)


def test_pages_keep_to_the_policy(client, pages):
    assert "unsafe" not in client.get(ADDRESSES[0])["Content-Security-Policy"]
    for address, page in pages.items():
        assert page.xpath("//style | //*[@style] | //script[not(@src)] | //script[text()]") == [], address
        assert [name for element in page.iter() for name in element.attrib if name.startswith("on")] == [], address
        names = [one.removeprefix("/static/") for one in page.xpath("//script/@src | //link/@href")]
        assert [name for name in names if not finders.find(name)] == [], address


def test_pages_can_be_gone_through_without_seeing_them(pages):
    for address, page in pages.items():
        assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1, address
        ids = page.xpath("//@id")
        assert sorted(set(ids)) == sorted(ids), address
        assert page.xpath("//table[not(caption)] | //th[not(@scope)] | //nav[not(@aria-label)]") == [], address
        assert {field.get("id") for field in page.xpath("//input")} <= set(page.xpath("//label/@for")), address


def test_page_has_nothing_of_whoever_is_signed_in(client):
    """The API answers any origin, so a page under its address must not know a session."""
    stranger = client.get("/api/v1/guide").content
    client.force_login(AdminFactory())
    answer = client.get("/api/v1/guide")

    assert answer.content == stranger
    assert "Cookie" not in answer.get("Vary", "")


def test_page_is_not_sent_again_to_those_who_have_it(client):
    etag = client.get("/api/v1/guide/basics")["ETag"]

    assert client.get("/api/v1/guide/basics", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("name", ["nothing", "operations/nothing"])
def test_a_page_that_is_not_there(client, name):
    answer = client.get(f"/api/v1/guide/{name}")

    assert (answer.status_code, answer.json()["code"]) == (404, 404)


def test_every_scope_is_in_the_table(client):
    page = document(client.get("/api/v1/guide/authentication"))
    rows = page.xpath("//h2[@id='scopes']/following::table//tbody/tr")
    shown = [tuple(cell.text_content() for cell in row) for row in rows]

    assert shown == [
        (scope.name, str(scope.description), "admins" if scope.admin else "everybody") for scope in ALL_SCOPES.values()
    ]


def test_invoice_types_have_the_right_figures(client):
    text = document(client.get("/api/v1/guide/invoices")).text_content()

    for figure in ("95.965 kWh", "$5.23", "$4.62", "$2.63", "$12.48", "$10.58", "$17.87"):
        assert figure in text
    assert "95.875" not in text


def test_questions_are_shown_as_text(client):
    QuestionFactory(question="<b>Why?</b>", answer="<script>alert(1)</script>\n\nSecond.", position=0)

    content = client.get("/api/v1/guide/faq").content.decode()

    assert "&lt;b&gt;Why?&lt;/b&gt;" in content
    assert "<p>Second.</p>" in content
    assert "<script>alert" not in content


def test_samples_name_the_server_that_is_asked(client):
    content = client.get("/api/v1/guide/operations/fee", headers={"Host": "localhost:81"}).content.decode()

    assert "http://localhost:81/api/v1/billing/fee" in content
    assert "testserver" not in content


def test_vehicle_charging_is_said_not_to_be_there(client):
    assert "(EVCMC) is announced but not there yet" in client.get("/api/v1/guide").content.decode()
    assert not any("evcmc" in path for path in description()["paths"])


def test_every_portal_page_links_to_the_help(client):
    links = set(document(client.get("/sign-in")).xpath("//footer//a/@href"))

    assert links == {"/api/v1/guide", "/api/v1/docs", "/api/v1/documentation", "/api/v1/guide/faq"}

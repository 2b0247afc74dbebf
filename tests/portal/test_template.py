"""A property's own invoice template: given, looked at, used, given up."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader

from billing.documents import invoice_file
from billing.documents.default_template import default_template
from billing.models import Invoice, InvoiceTemplate, TemplateDraft
from billing.services import replace_template
from tests.billing.documents.templates import odt, own_template
from tests.portal.conftest import browser
from tests.portal.pages import document, headings, table, text


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def address(site) -> str:
    return f"/properties/{site.tower.public_id}/template"


def give(client, address, content, name="our invoice.odt"):
    return client.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)


def printed(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_page_says_what_is_in_use_and_what_placeholders_mean(site, address):
    client = browser(site.admin)
    page = document(client.get(address))

    assert headings(page) == ["Invoice template", "In use", "A new template", "Placeholders"]
    assert page.xpath("//a[contains(@href, 'reset')]") == []
    assert ["{{ total }}", "What is to be paid."] in table(page, "Placeholders")
    assert client.get(f"{address}.odt").content == default_template()


def test_template_is_looked_at_before_it_is_used(site, address):
    client = browser(site.admin)

    page = document(give(client, address, own_template("Ours:")))

    assert headings(page) == [
        "Look at the template",
    ]
    assert f"our invoice.odt · invoice {site.invoice.number} as it would look" in text(page)
    (frame,) = page.xpath("//iframe/@src")
    preview = client.get(frame)
    assert (preview["Content-Type"], preview["X-Frame-Options"]) == ("application/pdf", "SAMEORIGIN")
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert printed(preview.content).startswith(f"Ours: {site.invoice.number} of $12.95 Electricity $5.20")
    assert not InvoiceTemplate.objects.exists()
    assert client.get(f"{address}.odt").content == default_template()

    page = document(client.post(f"{address}/draft", follow=True))

    assert "The template is in use" in text(page.xpath("//*[@role='status']")[0])
    assert client.get(f"{address}.odt").content == own_template("Ours:")
    assert not TemplateDraft.objects.exists()


def test_pdf_and_odt_of_later_invoices_are_made_from_it(site):
    now = timezone.now()
    replace_template(property=site.tower, document=own_template("Ours:"), now=now - timedelta(hours=1))
    Invoice.objects.filter(pk=site.invoice.pk).update(created=now)

    with invoice_file(Invoice.objects.get(pk=site.invoice.pk), "pdf") as pdf:
        assert printed(pdf.read()).startswith("Ours: 1 of $12.95")


def test_preview_of_a_property_without_invoices_is_made_up(site):
    client = browser(site.admin)
    address = f"/properties/{site.court.public_id}/template"

    assert "a made-up invoice" in text(document(give(client, address, own_template())))
    assert "Our own invoice 1042 of $52.51" in printed(client.get(f"{address}/draft.pdf").content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (odt("{{ totl }}"), "The placeholder {{ totl }} is not known; did you mean {{ total }}?"),
        (b"%PDF-1.7", "The file is not a readable .odt file."),
        (b"", "The submitted file is empty."),
        (bytes(2 * 1024 * 1024 + 1), "The file is over 2 MiB."),
    ],
)
def test_file_that_cannot_serve_is_refused_beside_its_field(site, address, content, said):
    response = give(browser(site.admin), address, content)

    assert response.status_code == 422
    assert text(document(response).get_element_by_id("id_file_error")) == said
    assert not TemplateDraft.objects.exists()


def test_draft_is_discarded_and_template_given_up(site, address):
    client = browser(site.admin)
    give(client, address, own_template())
    client.post(f"{address}/draft")
    give(client, address, own_template("Another"))

    client.post(f"{address}/discard")
    assert client.get(f"{address}/draft").status_code == 404
    assert client.get(f"{address}.odt").content == own_template()

    assert "Those issued already keep theirs." in text(document(client.get(f"{address}/reset")))
    client.post(f"{address}/reset")
    assert client.get(f"{address}.odt").content == default_template()


@pytest.mark.parametrize("path", ["", ".odt", "/draft", "/draft.pdf", "/discard", "/reset"])
def test_clerk_without_the_property_finds_no_template(site, address, path):
    admin = browser(site.admin)
    give(admin, address, own_template())
    client = browser(site.clerk)

    assert client.get(f"{address}{path}").status_code == 404
    assert client.post(f"{address}{path}", {"file": SimpleUploadedFile("a.odt", odt("x"))}).status_code in (404, 405)
    assert TemplateDraft.objects.get().name == "our invoice.odt"

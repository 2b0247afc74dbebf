from datetime import UTC, datetime

import pytest
from auditlog.models import LogEntry
from django.test import Client

from billing.models import Invoice
from tests.portal.conftest import NOW, browser
from tests.portal.pages import document, headings, text
from tests.portal.test_access import people


@pytest.fixture
def address(site) -> str:
    return f"/invoices/{site.invoice.public_id}/paid"


def paid(site) -> datetime | None:
    return Invoice.objects.get(pk=site.invoice.pk).paid


def test_page_asks_once_more_and_changes_nothing(site, address):
    page = document(browser(site.admin).get(address))

    assert headings(page) == [f"Is invoice {site.invoice.number} paid?"]
    assert text(page.xpath("//p[contains(@class, 'alert')]")[0]) == (
        "This is final: an invoice that is marked as paid cannot be opened again."
    )
    assert paid(site) is None


def test_marking_as_paid_says_so_and_notes_who_did(site, address):
    response = browser(site.admin).post(address, follow=True)

    page = document(response)
    assert response.redirect_chain == [(f"/invoices/{site.invoice.public_id}", 302)]
    assert text(page.xpath("//*[@role='status']")[0]) == f"Invoice {site.invoice.number} is paid."
    assert page.xpath("//a[contains(@href, '/paid')]") == []
    assert paid(site) == NOW
    assert LogEntry.objects.get_for_object(site.invoice).latest("pk").actor == site.admin


def test_marking_as_paid_twice_keeps_the_first_instant(site, address):
    before = datetime(2021, 4, 10, tzinfo=UTC)
    Invoice.objects.filter(pk=site.invoice.pk).update(paid=before)
    client = browser(site.admin)

    assert client.get(address).headers["Location"] == f"/invoices/{site.invoice.public_id}"
    assert client.post(address).status_code == 302
    assert paid(site) == before


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("stranger", 302),
        ("clerk without the property", 404),
        ("admin of another company", 404),
        ("inactive admin", 302),
        ("staff without a company", 404),
    ],
)
def test_who_may_not_see_the_invoice_cannot_mark_it(site, address, who, status):
    assert browser(people(site)[who]).post(address).status_code == status
    assert paid(site) is None


def test_form_of_another_site_cannot_mark_it(site, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(site.admin)

    assert client.post(address).status_code == 403
    assert paid(site) is None

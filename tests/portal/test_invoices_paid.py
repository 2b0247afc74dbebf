"""Marking many invoices as paid at once."""

from decimal import Decimal

import pytest
from auditlog.models import LogEntry

from billing.models import Invoice
from tests.factories.billing import InvoiceFactory, ServiceFactory
from tests.factories.metering import SuiteFactory
from tests.portal.conftest import NOW, browser
from tests.portal.pages import document, headings, table, text


@pytest.fixture
def others(site):
    """Two more unpaid invoices, of Harbour Court."""
    service = ServiceFactory(suite=SuiteFactory(property=site.court, name="Unit A"))
    return [
        InvoiceFactory(service=service, number=201, total=Decimal("10.00")),
        InvoiceFactory(service=ServiceFactory(suite=service.suite), number=202, total=Decimal("5.50")),
    ]


def paid() -> list[int]:
    return sorted(Invoice.objects.exclude(paid=None).values_list("number", flat=True))


def asked(*invoices) -> str:
    return "/invoices/paid?sort=number&" + "&".join(f"invoice={one.public_id}" for one in invoices)


def test_list_offers_unpaid_ones_to_tick(site, others):
    Invoice.objects.filter(number=201).update(paid=NOW)

    page = document(browser(site.admin).get("/invoices?sort=number"))

    assert page.xpath("//input[@name='invoice']/@aria-label") == ["Invoice 1", "Invoice 202"]
    assert page.xpath("//form[@id='marks']/input[@type='hidden']/@value") == ["number"]


def test_page_shows_what_is_marked_and_that_it_is_final(site, others):
    page = document(browser(site.admin).get(asked(*others)))

    assert headings(page) == ["Are these 2 invoices paid?"]
    assert [row[0] for row in table(page, "Invoices")] == ["#201", "#202"]
    assert "$15.50 in all" in text(page)
    assert "This is final" in text(page.xpath("//p[contains(@class, 'alert')]")[0])
    assert paid() == []


def test_those_shown_are_marked_and_noted(site, others):
    response = browser(site.admin).post(asked(*others), {"shown": [one.public_id for one in others]}, follow=True)

    assert response.redirect_chain == [("/invoices?sort=number", 302)]
    assert "2 invoices are paid." in text(document(response))
    assert paid() == [201, 202]
    assert [LogEntry.objects.get_for_object(one).latest("pk").actor for one in others] == [site.admin] * 2


def test_every_one_that_the_filters_let_through(site, others):
    client, address = browser(site.admin), f"/invoices/paid?property={site.court.public_id}&every=on"

    page = document(client.get(address))
    client.post(address, {"shown": page.xpath("//input[@name='shown']/@value")})

    assert paid() == [201, 202]


def test_what_changed_since_is_shown_again_first(site, others):
    client = browser(site.admin)
    Invoice.objects.filter(number=201).update(paid=NOW)

    page = document(client.post(asked(*others), {"shown": [one.public_id for one in others]}))

    assert "Something has changed since the page was made." in text(page)
    assert paid() == [201]


def test_nothing_ticked_leads_back(site, others):
    response = browser(site.admin).get("/invoices/paid?state=unpaid", follow=True)

    assert response.redirect_chain == [("/invoices?state=unpaid", 302)]
    assert "Tick unpaid invoices first." in text(document(response))


def test_invoices_of_a_property_withheld_are_not_marked(site, others):
    client = browser(site.clerk)

    response = client.post(asked(site.invoice), {"shown": [site.invoice.public_id]})

    assert response.status_code == 302
    assert paid() == []

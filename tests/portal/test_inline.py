"""Editing in the row: what htmx asks for and gets, from the same addresses as the pages with forms."""

from decimal import Decimal

import pytest
from django.test import Client
from lxml import html

from billing.models import Constants, Fee, Service
from metering.models import Suite
from tests.portal.conftest import browser
from tests.portal.pages import text

HTMX = {"HX-Request": "true"}


def part(response, *, status: int = 200):
    """The one element that is swapped in."""
    assert response.status_code == status
    body = response.content.decode()
    assert "<html" not in body
    assert "HX-Request" in response["Vary"]
    found = html.fragment_fromstring(f"<table>{body}</table>" if "<tr" in body else body, create_parent=True)
    (element,) = found.xpath(".//*[@data-inline]")
    return element


def cells(row) -> list[str]:
    return [text(cell) for cell in row.xpath("(th|td)[not(contains(@class, 'row-actions'))]")]


@pytest.fixture
def client(site) -> Client:
    return browser(site.admin)


def test_row_opens_with_its_values_and_closes_as_it_was(site, client):
    fee = Fee.objects.get()
    address = f"/fees/{fee.public_id}"

    form = part(client.get(address, headers=HTMX))
    assert form.xpath(".//input[@name='name']/@value") == ["Admin Fee"]
    assert form.xpath(".//*[@autofocus]/@name") == ["name"]
    assert form.xpath(".//input[@name='name']/@id") == [f"id_{fee.public_id}_name"]  # two rows may be open at once
    assert form.xpath(".//form/@hx-post") == [address]
    (cancel,) = form.xpath(".//a[normalize-space()='Cancel']")

    row = part(client.get(cancel.get("hx-get"), headers=HTMX))
    assert cells(row) == ["Admin Fee", "$6.26", "active"]
    assert row.xpath(".//a[@autofocus]/@aria-label") == ["Edit Admin Fee"]


def test_saved_row_shows_what_is_stored(site, client):
    fee = Fee.objects.get()

    row = part(client.post(f"/fees/{fee.public_id}", {"name": "Parking", "value": "30.5"}, headers=HTMX))

    assert cells(row) == ["Parking", "$30.50", "not active"]
    assert text(row.xpath(".//*[@role='status']")[0]) == "Saved"
    assert list(Fee.objects.values_list("name", "value", "active")) == [("Parking", Decimal("30.50"), False)]


def test_mistake_stays_in_the_row_beside_its_field(site, client):
    fee = Fee.objects.get()

    form = part(client.post(f"/fees/{fee.public_id}", {"name": "Parking", "value": "lots"}, headers=HTMX), status=422)

    assert text(form.get_element_by_id(f"id_{fee.public_id}_value_error")) == "Enter a number."
    assert form.xpath(".//input[@name='name']/@value") == ["Parking"]
    assert form.xpath(".//*[@autofocus]/@name") == ["value"]
    assert Fee.objects.get().name == "Admin Fee"


def test_what_a_service_refuses_stays_in_the_row(site, client):
    suite = Suite.objects.get(name="Suite 101")
    Suite.objects.create(property=site.tower, name="Suite 102")

    form = part(client.post(f"/suites/{suite.public_id}/edit", {"name": "Suite 102"}, headers=HTMX), status=422)

    assert "already exists" in text(form.xpath(".//*[@role='alert']")[0])


def test_rates_are_edited_in_their_part_of_the_page(site, client):
    address = f"/properties/{site.tower.public_id}/billing/constants"
    typed = {"price_per_electricity": "14.5", "price_per_water": "250", "price_per_gas": "40"}

    form = part(client.get(address, headers=HTMX))
    assert form.xpath(".//input[@name='days_to_pay']/@value") == ["30"]
    shown = part(client.post(address, typed | {"tax_rate": "13", "days_to_pay": "21"}, headers=HTMX))

    assert [text(fact) for fact in shown.xpath(".//dd")][:2] == ["14.5 ¢/kWh", "250 ¢/m³"]
    assert Constants.objects.get(property=site.tower).days_to_pay == 21


def test_service_suite_and_tenant_rows(site, client):
    suite, service = Suite.objects.get(name="Suite 101"), Service.objects.get()

    row = part(client.post(f"/suites/{suite.public_id}/edit", {"name": "Suite 1"}, headers=HTMX))
    assert cells(row) == ["Suite 1", "Marie-Ève Tremblay", "Suite 101 Electricity, Suite 101 Water"]

    typed = {"name": "Hydro", "suite": suite.public_id, "invoice_type": "Customized Price", "day_of_month": "15"}
    row = part(client.post(f"/services/{service.public_id}", typed | {"address": "1 Maple St"}, headers=HTMX))
    assert cells(row) == ["Hydro", "Suite 1", "Customized Price", "day 15 of the month", "not active"]

    person = {"first_name": "Jean", "last_name": "Roy", "email": "jean@example.com", "address": "1 Maple St"}
    address = f"/tenants/{site.tenant.public_id}"
    row = part(client.post(address, person, headers=HTMX))
    assert cells(row) == [
        "Jean Roy", "Maple Tower", "none: gets no invoices", "jean@example.com", "–", "1 Maple St",
    ]  # fmt: skip
    row = part(client.post(f"{address}?within=property", person | {"suites": [suite.public_id]}, headers=HTMX))
    assert cells(row) == ["Jean Roy", "Suite 1", "jean@example.com", "–", "1 Maple St"]
    assert row.xpath(".//a[@hx-get]/@hx-get") == [f"{address}?within=property"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_clerk_without_the_property_opens_no_row(site, method):
    fee = Fee.objects.get()

    response = getattr(browser(site.clerk), method)(f"/fees/{fee.public_id}", {"name": "x", "value": "1"}, headers=HTMX)

    assert response.status_code == 404
    assert Fee.objects.get().name == "Admin Fee"

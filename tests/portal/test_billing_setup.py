"""Setting up a property's billing: rates and terms, fees, suites, services."""

from decimal import Decimal

import pytest

from billing.models import Fee, Service
from metering.models import Suite
from tests.portal.conftest import browser
from tests.portal.pages import document, table, text

RATES = {
    "invoice_from": "Maple Property Management, 5 King St, Toronto",
    "price_per_electricity": "14.5",
    "price_per_water": "250",
    "price_per_gas": "40",
    "tax_rate": "13",
    "days_to_pay": "21",
}


def test_setup_shows_all_that_invoices_are_made_by(site, django_assert_num_queries):
    client = browser(site.admin)

    with django_assert_num_queries(9):
        page = document(client.get(f"/properties/{site.tower.public_id}/billing"))

    facts = [text(one) for one in page.xpath("//dl/dd")]
    assert facts[:5] == ["13 ¢/kWh", "13 ¢/m³", "13 ¢/m³", "13 %", "30 days after it is issued"]
    assert table(page, "Fees") == [["Admin Fee", "$6.26", "active"]]
    assert table(page, "Suites") == [["Suite 101", "Marie-Ève Tremblay", "Suite 101 Electricity, Suite 101 Water"]]
    assert [row[0] for row in table(page, "Services that issue invoices")] == ["Suite 101 hydro"]


def test_rates_are_changed(site):
    response = browser(site.admin).post(f"/properties/{site.tower.public_id}/billing/constants", RATES)

    assert (response.status_code, response["Location"]) == (302, f"/properties/{site.tower.public_id}/billing")
    site.tower.constants.refresh_from_db()
    assert site.tower.constants.price_per_electricity == Decimal("14.5")
    assert site.tower.constants.days_to_pay == 21


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("price_per_gas", "-1", "Ensure this value is greater than or equal to 0."),
        ("tax_rate", "101", "Ensure this value is less than or equal to 100."),
        ("price_per_water", "lots", "Enter a number."),
        ("days_to_pay", "", "This field is required."),
    ],
)
def test_rates_that_cannot_be(site, field, typed, said):
    response = browser(site.admin).post(f"/properties/{site.tower.public_id}/billing/constants", RATES | {field: typed})

    page = document(response)
    assert text(page.get_element_by_id(f"id_{field}_error")) == said
    assert page.get_element_by_id("id_invoice_from").get("value") == RATES["invoice_from"]
    site.tower.constants.refresh_from_db()
    assert site.tower.constants.days_to_pay == 30


def test_fee_comes_changes_and_goes(site):
    client = browser(site.admin)

    client.post(f"/properties/{site.tower.public_id}/fees/new", {"name": "Parking", "value": "25", "active": "on"})
    fee = Fee.objects.get(name="Parking")
    client.post(f"/fees/{fee.public_id}", {"name": "Parking spot", "value": "30.50"})
    fee.refresh_from_db()
    assert (fee.name, fee.value, fee.active) == ("Parking spot", Decimal("30.50"), False)

    client.post(f"/fees/{fee.public_id}/delete")
    assert not Fee.objects.filter(name="Parking spot").exists()


def test_suite_with_invoices_is_not_deleted(site):
    suite = Suite.objects.get(name="Suite 101")

    page = document(browser(site.admin).post(f"/suites/{suite.public_id}/delete"))

    assert text(page.xpath("//*[@role='alert']")[0]) == (
        "The suite 'Suite 101' has 1 invoice, which is kept, so the suite cannot be deleted."
    )
    assert Suite.objects.filter(pk=suite.pk).exists()


def test_suite_of_a_name_that_is_taken_is_refused_and_the_name_stays_typed(site):
    page = document(browser(site.admin).post(f"/properties/{site.tower.public_id}/suites/new", {"name": "Suite 101"}))

    assert page.get_element_by_id("id_name").get("value") == "Suite 101"
    assert "already exists" in text(page.xpath("//*[@role='alert']")[0])
    assert Suite.objects.filter(property=site.tower).count() == 1


def test_new_suite_and_its_service(site):
    client = browser(site.admin)

    client.post(f"/properties/{site.tower.public_id}/suites/new", {"name": "Suite 102"})
    suite = Suite.objects.get(name="Suite 102")
    typed = {"name": "102 hydro", "suite": suite.public_id, "invoice_type": "Customized Price", "day_of_month": "15"}
    response = client.post(
        f"/properties/{site.tower.public_id}/services/new", typed | {"address": "1 Maple St", "active": "on"}
    )

    assert response.status_code == 302
    service = Service.objects.get(name="102 hydro")
    assert (service.suite, service.day_of_month, service.property) == (suite, 15, site.tower)


def test_service_edit_shows_its_suite(site):
    service = Service.objects.get()

    page = document(browser(site.admin).get(f"/services/{service.public_id}"))

    assert page.xpath("//select[@name='suite']/option[@selected]/text()") == ["Suite 101"]


@pytest.mark.parametrize(
    "path",
    [
        "properties/{tower}/billing",
        "properties/{tower}/billing/constants",
        "properties/{tower}/fees/new",
        "properties/{tower}/suites/new",
        "properties/{tower}/services/new",
        "fees/{fee}",
        "fees/{fee}/delete",
        "suites/{suite}/edit",
        "suites/{suite}/delete",
        "services/{service}",
        "services/{service}/delete",
    ],
)
def test_clerk_without_the_property_finds_nothing(site, path):
    address = path.format(
        tower=site.tower.public_id,
        fee=Fee.objects.get().public_id,
        suite=Suite.objects.get().public_id,
        service=Service.objects.get().public_id,
    )
    client = browser(site.clerk)

    assert client.get(f"/{address}").status_code == 404
    assert client.post(f"/{address}").status_code in (404, 405)
    assert (Fee.objects.count(), Suite.objects.count(), Service.objects.count()) == (1, 1, 1)

"""Adding, changing and deleting tenants in the portal."""

import pytest

from billing.models import Tenant
from metering.models import Suite
from tests.portal.conftest import browser
from tests.portal.pages import document, text

NEW = {
    "first_name": "Jean",
    "last_name": "Roy",
    "email": "jean@example.com",
    "phone": "",
    "address": "1 Maple St",
}


def test_new_tenant_is_bound_to_the_suites_chosen(site):
    suite = Suite.objects.get(name="Suite 101")

    response = browser(site.admin).post(
        f"/properties/{site.tower.public_id}/tenants/new", NEW | {"suites": [suite.public_id]}
    )

    assert (response.status_code, response.headers.get("Location")) == (
        302,
        f"/tenants?property={site.tower.public_id}",
    )
    tenant = Tenant.objects.get(email="jean@example.com")
    assert (tenant.property, str(tenant), tenant.phone, [*tenant.suites.all()]) == (
        site.tower,
        "Jean Roy",
        None,
        [suite],
    )


def test_bad_email_keeps_what_was_typed_and_stores_nothing(site):
    response = browser(site.admin).post(
        f"/properties/{site.tower.public_id}/tenants/new", NEW | {"email": "nobody", "last_name": "O'Neil"}
    )

    page = document(response)
    assert response.status_code == 422
    assert text(page.get_element_by_id("id_email_error")) == "Enter a valid email address."
    assert page.get_element_by_id("id_last_name").get("value") == "O'Neil"
    assert page.get_element_by_id("id_email").get("aria-describedby").split()[-1] == "id_email_error"
    assert Tenant.objects.count() == 1


def test_edit_unbinds_the_suite_that_is_not_ticked_any_more(site):
    response = browser(site.admin).post(f"/tenants/{site.tenant.public_id}", NEW)

    assert response.status_code == 302
    site.tenant.refresh_from_db()
    assert (site.tenant.email, [*site.tenant.suites.all()]) == ("jean@example.com", [])


def test_delete_asks_and_says_what_goes(site):
    client = browser(site.admin)

    asked = document(client.get(f"/tenants/{site.tenant.public_id}/delete"))
    assert text(asked.xpath("//h1")[0]) == "Delete the tenant Marie-Ève Tremblay?"
    assert [text(one) for one in asked.xpath("//main//li")] == [
        "Suite 101: no invoice is mailed to them any more.",
        "Invoices that are issued already keep their copy of name and address.",
    ]
    assert Tenant.objects.exists()

    client.post(f"/tenants/{site.tenant.public_id}/delete")
    assert not Tenant.objects.exists()


@pytest.mark.parametrize("path", ["/tenants/{tenant}", "/tenants/{tenant}/delete", "/properties/{tower}/tenants/new"])
def test_clerk_without_the_property_changes_nothing(site, path):
    address = path.format(tenant=site.tenant.public_id, tower=site.tower.public_id)

    assert browser(site.clerk).post(address, NEW).status_code == 404
    assert [*Tenant.objects.values_list("email", flat=True)] == ["marie@example.com"]


def test_suite_of_another_property_is_no_choice(site):
    other = Suite.objects.create(property=site.court, name="Suite 9")

    response = browser(site.admin).post(f"/tenants/{site.tenant.public_id}", NEW | {"suites": [other.public_id]})

    assert response.status_code == 422
    assert [suite.name for suite in site.tenant.suites.all()] == ["Suite 101"]


def test_company_of_one_property_is_not_asked_which(site):
    assert browser(site.clerk).get("/tenants/new")["Location"] == f"/properties/{site.court.public_id}/tenants/new"

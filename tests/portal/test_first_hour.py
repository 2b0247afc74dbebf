"""A new installation: each page that is empty says what comes first, and leads to it."""

import pytest

from tests.factories.accounts import AdminFactory, StaffFactory, UserFactory
from tests.factories.metering import PropertyFactory
from tests.portal.conftest import browser
from tests.portal.pages import document, text


def said(page) -> str:
    return text(page.xpath("//main")[0])


def test_sign_in_says_how_the_first_login_comes_to_be_until_there_is_one(db):
    assert "manage.py createsuperuser" in said(document(browser().get("/sign-in")))

    StaffFactory()

    assert "createsuperuser" not in said(document(browser().get("/sign-in")))


def test_first_login_is_led_from_a_company_to_its_meters(db):
    client = browser(StaffFactory())

    steps = document(client.get("/")).xpath("//main//ol//a/@href")

    assert steps == [
        "/admin/accounts/company/add/",
        "/admin/accounts/user/add/",
        "/admin/metering/property/add/",
        "/admin/metering/meter/add/",
    ]
    assert {client.get(step).status_code for step in steps} == {200}


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        (AdminFactory, "No property yet: the platform's staff set up properties and their meters."),
        (
            lambda: UserFactory(all_properties=False),
            "No property has been given to you yet. Ask an admin of your company for the ones you look after.",
        ),
    ],
)
@pytest.mark.parametrize("page", ["/compare", "/reports"])
def test_page_without_a_property_says_whom_to_ask(db, page, person, sentence):
    assert sentence in said(document(browser(person()).get(page)))


def test_new_property_leads_to_its_first_meter_suite_tenant_and_service(db):
    new = PropertyFactory()
    client = browser(StaffFactory(company=new.company, is_admin=True))

    first = document(client.get(f"/properties/{new.public_id}")).xpath("//p[@class='empty-note']/a")

    assert {text(link): link.get("href") for link in first} == {
        "Add the first meter": f"/admin/metering/meter/add/?property={new.pk}",
        "Add the first suite": f"/properties/{new.public_id}/suites/new",
        "Add the first tenant": f"/properties/{new.public_id}/tenants/new",
        "Set up billing": f"/properties/{new.public_id}/billing",
    }
    assert {client.get(link.get("href")).status_code for link in first} == {200}
    meter = document(client.get(f"/admin/metering/meter/add/?property={new.pk}"))
    assert meter.xpath("//select[@name='property']/option[@selected]/@value") == [str(new.pk)]

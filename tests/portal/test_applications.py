"""One's own API applications, and which properties a person sees."""

import pytest
from django.contrib.auth.hashers import check_password

from accounts.models import Application
from metering.models import Property
from tests.factories.accounts import ApplicationFactory, UserFactory
from tests.portal.conftest import browser
from tests.portal.pages import document, text

NEW = {
    "name": "Robot",
    "scopes": ["billing:fee:read", "meter:reads:read"],
    "redirect_uris": "https://robot.example/back",
}


def secret_of(page) -> str:
    return text(page.get_element_by_id("client_secret"))


def test_new_application_shows_its_secret_once(site):
    client = browser(site.clerk)

    response = client.post("/settings/applications/new", NEW)

    application = Application.objects.get(name="Robot")
    page = document(response)
    assert response.headers["Cache-Control"].startswith("no-store")
    assert page.get_element_by_id("client_id").get("value") == application.client_id
    assert check_password(secret_of(page), application.client_secret)
    assert (application.user, application.scopes) == (site.clerk, "billing:fee:read meter:reads:read")
    assert secret_of(page) not in client.get("/settings/applications").content.decode()


def test_application_is_changed_and_gets_a_new_secret(site):
    application = ApplicationFactory(user=site.admin)
    client = browser(site.admin)

    client.post(f"/settings/applications/{application.public_id}", NEW | {"redirect_uris": ""})
    page = document(client.post(f"/settings/applications/{application.public_id}/secret"))

    application.refresh_from_db()
    assert (application.name, application.redirect_uris) == ("Robot", "")
    assert check_password(secret_of(page), application.client_secret)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"redirect_uris": "http://robot.example"}, "redirect_uris"),
        ({"scopes": ["*:*:*"]}, "scopes"),
        ({"scopes": []}, "scopes"),
    ],
)
def test_application_that_cannot_be(site, typed, field):
    page = document(browser(site.admin).post("/settings/applications/new", NEW | typed))

    assert text(page.get_element_by_id(f"id_{field}_error"))
    assert not Application.objects.exists()


@pytest.mark.parametrize("path", ["", "/secret", "/delete"])
def test_application_of_a_colleague_is_out_of_reach(site, path):
    application = ApplicationFactory(user=site.admin)

    response = browser(site.clerk).post(f"/settings/applications/{application.public_id}{path}", NEW)

    assert response.status_code == 404
    assert Application.objects.get().client_secret == application.client_secret


def test_person_is_given_properties(site):
    person = UserFactory(company=site.admin.company)
    client = browser(site.admin)
    address = f"/settings/users/{person.public_id}/properties"

    client.post(address, {"properties": [site.court.public_id]})
    person.refresh_from_db()
    assert [*Property.objects.visible_to(person)] == [site.court]

    page = document(client.get(address))
    assert page.xpath("//input[@name='properties'][@checked]/@value") == [site.court.public_id]
    client.post(address, {"every": "on"})
    person.refresh_from_db()
    assert Property.objects.visible_to(person).count() == 2


def test_admin_sees_all_whatever_is_said(site):
    page = document(browser(site.admin).post(f"/settings/users/{site.admin.public_id}/properties", {}))

    assert "admins see every property" in text(page.xpath("//*[@role='alert']")[0])

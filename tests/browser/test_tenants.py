"""A new tenant moves in: added, bound to their suite, with a mistake on the way."""

from billing.models import Tenant
from tests.browser.conftest import Portal
from tests.portal.conftest import Site


def test_tenant_moves_in_and_out(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open("/tenants")
    portal.check("tenants")
    page.get_by_role("link", name="New tenant").click()
    page.get_by_label("Property").select_option(label="Maple Tower")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("First name").fill("Jean")
    page.get_by_label("Last name").fill("Roy")
    page.get_by_label("Email").fill("jean")
    page.get_by_label("Address").fill("1 Maple St, Toronto")
    page.get_by_label("Suite 101").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Enter a valid email address.").wait_for()
    portal.check("tenant-wrong-email")
    page.get_by_label("Email").fill("jean@example.com")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The tenant is added.").wait_for()

    tenant = Tenant.objects.get(email="jean@example.com")
    assert [suite.name for suite in tenant.suites.all()] == ["Suite 101"]

    page.get_by_role("link", name="Delete Jean Roy").click()
    portal.check("tenant-delete")
    page.get_by_role("button", name="Yes, delete").click()
    page.get_by_text("The tenant is deleted.").wait_for()
    assert not Tenant.objects.filter(email="jean@example.com").exists()

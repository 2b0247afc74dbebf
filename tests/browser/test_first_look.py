"""A manager's first minute: the sign-in, the start page, a property, a meter, an invoice."""

from tests.browser.conftest import Portal
from tests.portal.conftest import Site


def test_first_look(portal: Portal, site: Site) -> None:
    portal.open("/")
    portal.check("sign-in")
    page = portal.sign_in(site.admin.email)
    portal.check("home")
    page.get_by_role("article").get_by_role("link", name="Maple Tower").click()
    page.get_by_role("heading", name="Maple Tower").wait_for()
    portal.check("property")

"""A new colleague's first minute: the link in the mail, a password of their own, and on to the page they were told of."""

import re

from tests.billing.mail.conftest import Sink, places, server  # noqa: F401 - fixtures: a real mail server, and folders
from tests.browser.conftest import Portal
from tests.portal.conftest import Site

NEW = "a quite new battery staple"


def test_password_is_chosen_by_mail_and_the_deep_link_survives(portal: Portal, site: Site, server: Sink) -> None:  # noqa: F811
    deep_link = f"/meters/{site.general.public_id}?days=7"
    page = portal.open(deep_link)
    page.get_by_role("link", name="Forgot the password?").click()
    page.get_by_label("Email").fill(site.clerk.email)
    page.get_by_role("button", name="Mail me the link").click()
    page.get_by_role("heading", name="Look into your mailbox").wait_for()
    ((_, recipients, message),) = server.taken
    assert recipients == [site.clerk.email]

    (path,) = re.findall(r"/password/new/\S+", message.get_body(("plain",)).get_content())
    page = portal.open(path)
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password confirmation").fill("something else")
    portal.check("password-new")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").wait_for()
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password confirmation").fill(NEW)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/sign-in")
    portal.complaints.clear()

    portal.open(deep_link)
    page.get_by_label("Email").fill(site.clerk.email)
    page.get_by_label("Password", exact=True).fill("guess")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Email").input_value() == site.clerk.email
    page.get_by_label("Password", exact=True).fill(NEW)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{portal.root}{deep_link}")
    page.get_by_role("heading", name="Main Electricity").wait_for()

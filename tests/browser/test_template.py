"""A property gets its own invoice look: a wrong file, a good one, a look, and into use."""

from pathlib import Path

from billing.models import InvoiceTemplate
from tests.billing.documents.templates import odt, own_template
from tests.browser.conftest import Portal
from tests.portal.conftest import Site


def test_template_is_given_looked_at_and_used(portal: Portal, site: Site, tmp_path: Path) -> None:
    wrong, right = tmp_path / "wrong.odt", tmp_path / "ours.odt"
    wrong.write_bytes(odt("{{ totl }}"))
    right.write_bytes(own_template("Ours"))
    portal.sign_in(site.admin.email)
    page = portal.open(f"/properties/{site.tower.public_id}/billing")
    page.get_by_role("link", name="Look and change").click()
    portal.check("template")
    page.locator("#id_file").set_input_files(wrong)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_text("did you mean {{ total }}?").wait_for()
    portal.check("template-refused")
    page.locator("#id_file").set_input_files(right)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_text("ours.odt · invoice 1 as it would look").wait_for()
    shown = page.get_by_title("Preview of an invoice").get_attribute("src")
    assert shown is not None
    assert portal.context.request.get(portal.root + shown).body().startswith(b"%PDF-")
    portal.check("template-preview")
    assert not InvoiceTemplate.objects.exists()
    page.get_by_role("button", name="Use this template").click()
    page.get_by_text("The template is in use").wait_for()
    assert bytes(InvoiceTemplate.objects.get(property=site.tower, ended=None).document) == right.read_bytes()
    page.get_by_role("link", name="Back to the default look").click()
    portal.check("template-reset")

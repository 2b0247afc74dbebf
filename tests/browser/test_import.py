"""A file of reads, from the property's page to what became of its rows."""

from pathlib import Path

from metering.models import ReadImport
from tests.browser.conftest import Portal
from tests.portal.conftest import Site
from tests.portal.test_imports import MIXED


def test_file_of_reads_is_imported(portal: Portal, site: Site, tmp_path: Path) -> None:
    file = tmp_path / "march.csv"
    file.write_text(MIXED)
    portal.sign_in(site.admin.email)
    page = portal.open(f"/properties/{site.tower.public_id}")
    page.get_by_role("link", name="Import reads").click()
    portal.check("import-new")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_text("2 of the first 4 rows would be refused:").wait_for()
    portal.check("import-preview")
    page.get_by_role("button", name="Store the reads").click()
    page.get_by_role("heading", name="Stored").wait_for()
    portal.check("import-stored")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download these rows as CSV").click()
    assert download.value.path().read_text().count("\n") == 4
    assert ReadImport.objects.get().accepted == 1


def test_read_by_hand(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open(f"/meters/{site.electricity.public_id}")
    page.get_by_role("link", name="New read").click()
    page.get_by_label("Read at").fill("2021-04-15T11:45")
    page.get_by_label("Register").fill("1150")
    portal.check("read-new")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The read is stored.").wait_for()
    page.get_by_role("link", name="Edit").click()
    portal.check("meter-edit")
    portal.open("/imports")
    portal.check("imports")

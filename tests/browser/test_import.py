"""A file of reads, from the property's page to what became of its rows."""

from pathlib import Path

from metering.models import ReadImport
from tests.browser.conftest import Portal
from tests.browser.test_charts import drawn
from tests.factories.metering import MeterFactory
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


def test_read_by_hand_changes_the_chart(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open(f"/meters/{site.electricity.public_id}?start=2021-04-15&end=2021-04-15")
    page.get_by_text("Suite 101 Electricity: 1,011.5 kWh").wait_for()
    assert drawn(page) == ["2021-04-15 11:30"]
    page.get_by_role("link", name="New read").click()
    page.get_by_label("Read at").fill("2021-04-15T11:45")
    page.get_by_label("Register").fill("1150")
    portal.check("read-new")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The read is stored. It counts 8.500 kWh.").wait_for()
    page.get_by_role("button", name="Day", exact=True).click()
    page.get_by_text("Suite 101 Electricity: 1,020 kWh").wait_for()
    assert drawn(page) == ["2021-04-15 11:30", "2021-04-15 11:45"]
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Panel").fill("B-7")
    portal.check("meter-edit")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Panel B-7").wait_for()
    portal.open("/imports")
    portal.check("imports")


def test_meter_without_reads_says_what_comes_first(portal: Portal, site: Site) -> None:
    bare = MeterFactory(property=site.tower, name="Garage")
    portal.sign_in(site.admin.email)
    page = portal.open(f"/meters/{bare.public_id}")
    portal.check("meter-without-reads")
    page.get_by_role("link", name="Enter the first read").click()
    page.get_by_label("Register").fill("17.5")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("It counts 0.000 kWh.").wait_for()
    page.get_by_role("heading", name="Newest reads").wait_for()

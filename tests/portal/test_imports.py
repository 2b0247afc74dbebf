"""A file of reads: given, looked at, stored, explained."""

import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from metering import imports
from metering.enums import ImportState
from metering.models import Read, ReadImport
from tests.portal.conftest import browser
from tests.portal.pages import document, table, text

GOOD = "serial_number,time_stamping,kwh,voltage_a\nMFX-101,2021-04-15 11:35:00,1142,121.5\n"
MIXED = GOOD + "NOBODY,2021-04-15 11:35:00,5,\nMFX-101,2021-04-15 11:30:00,7,\n=cmd(),2021-04-15 11:35:00,5,\n"


def give(site, content=GOOD, name="reads.csv", user: User | None = None, **typed):
    packed = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile(name, packed)
    return browser(user or site.admin).post(f"/properties/{site.tower.public_id}/import", {"file": file, **typed})


@pytest.fixture
def given(site):
    give(site, MIXED)
    return ReadImport.objects.get()


def test_file_is_looked_at_before_anything_is_stored(site):
    before = Read.objects.count()

    response = give(site, MIXED)

    given = ReadImport.objects.get()
    assert response["Location"] == f"/imports/{given.public_id}"
    page = document(browser(site.admin).get(response["Location"]))
    assert table(page, "The first rows") == [
        ["1", "Suite 101 Electricity", "15 Apr 2021, 11:35", "1,142.000 kWh", "voltage_a: 121.5"],
        ["3", "Suite 101 Electricity", "15 Apr 2021, 11:30", "7.000 kWh", ""],
    ]
    assert table(page, "Rows with something wrong") == [
        ["2", "NOBODY", "The property has no meter with the serial number NOBODY."],
        ["4", "=cmd()", "The property has no meter with the serial number =cmd()."],
    ]
    assert (Read.objects.count(), given.state) == (before, ImportState.GIVEN)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (GOOD, "reads.txt", "The file's name must end in .csv, .json or .xml, with or without .gz after it."),
        ("", "reads.csv", "The submitted file is empty."),
        ("{", "reads.json", ""),
        ("<reads>", "reads.xml", ""),
        (b"\x1f\x8bnot gzip", "reads.csv.gz", "The gzip file is broken."),
    ],
)
def test_file_that_is_none_of_reads_is_refused(site, content, name, said):
    response = give(site, content, name)

    assert response.status_code == 422
    assert text(document(response).get_element_by_id("id_file_error")).startswith(said)
    assert not ReadImport.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_file_is_stored_and_every_row_accounted_for(site, given):
    client = browser(site.admin)

    client.post(f"/imports/{given.public_id}")

    given.refresh_from_db()
    assert (given.state, given.accepted, given.conflicts, given.rejected) == (ImportState.DONE, 1, 1, 2)
    page = document(client.get(f"/imports/{given.public_id}"))
    assert [text(one) for one in page.xpath("//dl/dd")] == ["1", "0", "1", "2"]
    lines = b"".join(client.get(f"/imports/{given.public_id}/rows.csv").streaming_content).decode().splitlines()
    assert lines[:2] == [
        "row,serial_number,message",
        "2,NOBODY,The property has no meter with the serial number NOBODY.",
    ]
    assert lines[2].startswith("4,'=cmd(),")
    assert lines[3].startswith("3,MFX-101,")
    assert not given.file


@pytest.mark.django_db(transaction=True)
def test_packed_file_with_replace(site):
    give(site, gzip.compress(MIXED.encode()), "reads.csv.gz", replace="on")
    given = ReadImport.objects.get()

    browser(site.admin).post(f"/imports/{given.public_id}")

    assert Read.objects.get(meter=site.electricity, time="2021-04-15T15:30:00Z").register == 7


def test_file_is_stored_once(site, given, django_capture_on_commit_callbacks):
    imports.start(given=given)
    client = browser(site.admin)

    page = document(client.post(f"/imports/{given.public_id}", follow=True))

    assert "This file is being stored, or was stored already." in text(page.xpath("//main")[0])


def test_lost_worker_s_file_is_taken_up_again(site, given):
    now = given.created
    ReadImport.objects.filter(pk=given.pk).update(state=ImportState.RUNNING, alive=now - imports.LOST_AFTER)
    assert imports.unfinished(now) == []
    assert imports.unfinished(now + imports.LOST_AFTER) == [given.pk]

    ReadImport.objects.filter(pk=given.pk).update(alive=now - 2 * imports.LOST_AFTER)
    imports.store(given.pk)

    given.refresh_from_db()
    assert (given.state, given.accepted) == (ImportState.DONE, 1)


def test_file_that_a_worker_has_is_left_to_it(site, given):
    ReadImport.objects.filter(pk=given.pk).update(state=ImportState.RUNNING, alive=given.created)

    imports.store(given.pk)

    given.refresh_from_db()
    assert given.state == ImportState.RUNNING


def test_page_asks_again_while_it_goes_on(site, given):
    ReadImport.objects.filter(pk=given.pk).update(state=ImportState.RUNNING, done=20000, alive=given.created)

    page = document(browser(site.admin).get(f"/imports/{given.public_id}"))
    part = browser(site.admin).get(f"/imports/{given.public_id}?part=state", headers={"HX-Request": "true"})

    assert page.get_element_by_id("state").get("hx-get") == f"/imports/{given.public_id}?part=state"
    assert "20000 rows so far" in text(document(part).xpath("//*[@role='status']")[0])
    assert b"<html" not in part.content


def test_discard_forgets_a_file_that_was_not_stored(site, given):
    browser(site.admin).post(f"/imports/{given.public_id}/discard")

    assert not ReadImport.objects.exists()


@pytest.mark.parametrize("path", ["", "/rows.csv", "/discard"])
def test_clerk_without_the_property_finds_no_file(site, given, path):
    client = browser(site.clerk)

    assert client.get(f"/imports/{given.public_id}{path}").status_code == 404
    assert table(document(browser(site.admin).get("/imports")), "Imported files")[0][0] == "reads.csv"
    assert "No file yet" in text(document(client.get("/imports")).xpath("//main")[0])
    assert give(site, user=site.clerk).status_code == 404


def test_import_begins_with_the_property(site):
    client = browser(site.admin)

    assert "Which property are the reads of?" in client.get("/imports/new").content.decode()
    response = client.post("/imports/new", {"property": site.tower.public_id})
    assert response.headers["Location"] == f"/properties/{site.tower.public_id}/import"
    assert client.post("/imports/new", {"property": "00000000"}).status_code == 422


def test_import_of_one_property_does_not_ask_for_it(site):
    response = browser(site.clerk).get("/imports/new")

    assert response.headers["Location"] == f"/properties/{site.court.public_id}/import"

"""File upload in the settings: set up, tried, stopped; and what became of each file."""

from datetime import UTC, datetime, timedelta

import pytest

from fileupload.enums import Status
from fileupload.models import Delivery, Destination, FtpsDestination, HttpDestination, Sample
from tests.factories.fileupload import (
    CycleFactory,
    DeliveryFactory,
    FtpsDestinationFactory,
    HttpDestinationFactory,
    SampleFactory,
)
from tests.portal.conftest import NOW, browser
from tests.portal.pages import document, table, text

# A public address, so that no name is looked up; nothing is sent to it
HOOK = {"url": "https://93.184.216.34/reads", "method": "POST", "file_type": "CSV", "expected_code": "200"}
SERVER = {"host": "93.184.216.34", "port": "21", "user": "me", "file_type": "XML"}


def address(site, rest):
    return f"/settings/file-upload/{site.tower.public_id}/{rest}"


def test_server_is_set_up_and_listed(site):
    client = browser(site.admin)

    assert client.post(address(site, "http"), HOOK | {"header": '{"X-Key": "s3cret"}'}).status_code == 302

    assert HttpDestination.objects.get().header == {"X-Key": "s3cret"}
    rows = table(document(client.get("/settings/file-upload")), "File upload of Maple Tower")
    assert rows == [["HTTP", HOOK["url"], "CSV", "on"], ["FTPS", "none", "–", "–"]]


def test_password_is_never_shown_and_stays_when_left_empty(site):
    FtpsDestinationFactory(property=site.tower, host="93.184.216.34")
    client = browser(site.admin)

    shown = client.get(address(site, "ftps")).content.decode()
    client.post(address(site, "ftps"), SERVER)

    assert "s3cret pass" not in shown
    assert (FtpsDestination.objects.get().password, FtpsDestination.objects.get().file_type) == ("s3cret pass", "XML")


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("http", {"url": "http://127.0.0.1/"}, "url"),
        ("http", {"url": "ftp://example.com"}, "url"),
        ("http", {"header": "{"}, "header"),
        ("http", {"header": '{"Host": "x"}'}, "header"),
        ("ftps", {"host": "169.254.169.254", "password": "x"}, "host"),
        ("ftps", {}, "password"),
    ],
)
def test_server_that_cannot_be(site, kind, typed, field):
    page = document(browser(site.admin).post(address(site, kind), (HOOK if kind == "http" else SERVER) | typed))

    assert text(page.get_element_by_id(f"id_{field}_error"))
    assert not HttpDestination.objects.exists()
    assert not FtpsDestination.objects.exists()


def card(page):
    return page.get_element_by_id("sample")


def test_sample_is_asked_for_and_sent_by_the_worker(site, django_capture_on_commit_callbacks):
    """The request writes a row and rings; what the worker then finds stands on the same page."""
    HttpDestinationFactory(
        property=site.tower, url="http://127.0.0.1:9/"
    )  # stored past its checks: refused when connecting
    client = browser(site.admin)
    sample = address(site, "http/sample")
    assert "No sample was sent yet" in text(card(document(client.get(sample))))

    with django_capture_on_commit_callbacks() as rings:
        assert client.post(sample)["Location"] == sample
    waiting = card(document(client.get(sample)))
    assert "Waiting to be sent" in text(waiting)
    assert (waiting.get("hx-get"), waiting.xpath(".//button")) == (f"{sample}?part=sample", [])

    [ring] = rings
    ring()
    part = client.get(f"{sample}?part=sample", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "The server did not take the file" in part
    assert "127.0.0.1 is, or leads to, an address that is not public" in part
    assert "hx-get" not in part
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("age", "started", "said"),
    [
        (timedelta(minutes=1), None, "Waiting to be sent"),
        (timedelta(minutes=2), None, "No worker took the file up."),
        (timedelta(seconds=50), timedelta(seconds=40), "The server has up to 30 seconds to answer."),
        (timedelta(seconds=50), timedelta(seconds=45), "The worker that sent the file did not report back."),
    ],
)
def test_sample_whose_result_does_not_come(site, age, started, said):
    destination = HttpDestinationFactory(property=site.tower)
    SampleFactory(destination=destination, created=NOW - age, started=started and NOW - started)

    assert said in text(card(document(browser(site.admin).get(address(site, "http/sample")))))


def test_result_of_a_sample(site):
    SampleFactory(
        destination=FtpsDestinationFactory(property=site.tower),
        created=NOW,
        started=NOW,
        finished=NOW,
        taken=True,
        code=250,
        answer="250 <b>Renaming ok.",
        duration=1412,
        size=2048,
        file_name="20-350-0001_x.csv",
    )

    page = card(document(browser(site.admin).get(address(site, "ftps/sample"))))

    facts = [text(one) for one in page.xpath(".//dt | .//dd")]
    assert facts[2:] == [
        *("Took", "1,412 ms", "Status", "250", "Answer", "250 <b>Renaming ok.", "File", "20-350-0001_x.csv (2.0 KB)")
    ]


def test_sample_without_a_server_leads_back(site):
    client = browser(site.admin)

    for answer in (client.get(address(site, "ftps/sample")), client.post(address(site, "ftps/sample"))):
        assert answer["Location"] == "/settings/file-upload"
    assert not Sample.objects.exists()


def test_stop_deletes_the_settings(site):
    HttpDestinationFactory(property=site.tower)

    browser(site.admin).post(address(site, "http/stop"))

    assert not HttpDestination.objects.exists()


def test_deliveries_are_listed_and_sent_again(site, django_assert_num_queries):
    destination = HttpDestinationFactory(property=site.tower)
    failed = DeliveryFactory(
        destination=destination, status=Status.FAILED, problem="No answer within 10 s.", attempts=9
    )
    client = browser(site.admin)

    with django_assert_num_queries(6):
        page = document(client.get("/settings/file-upload/deliveries?status=failed"))
    (row,) = table(page, "Deliveries")
    assert row[1:6] == ["Maple Tower", "HTTP", "failed", "9", "No answer within 10 s."]
    assert "1 file was not delivered" in text(document(client.get("/")).xpath("//ul[@class='matters']")[0])

    client.post(f"/settings/file-upload/deliveries/{failed.delivery_id}/resend")
    failed.refresh_from_db()
    assert failed.status == Status.WAITING


@pytest.fixture
def three(site):
    """A file that failed and one that was sent, from the tower; one that waits, from the court."""
    http, ftps = HttpDestinationFactory(property=site.tower), FtpsDestinationFactory(property=site.court)
    return [
        DeliveryFactory(destination=http, status=Status.FAILED, problem="The server answered 503; 200 is expected."),
        DeliveryFactory(destination=http, status=Status.SENT, code=200, answer="ok", duration=1210, size=2048),
        DeliveryFactory(
            destination=ftps,
            cycle=CycleFactory(
                property=site.court, time=datetime(2021, 4, 15, 3, 59, tzinfo=UTC)
            ),  # 14 April in Toronto
        ),
    ]


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ("", [2, 1, 0]),
        ("property={court}", [2]),
        ("transport=http", [1, 0]),
        ("status=sent&transport=http", [1]),
        ("day=2021-04-14", [2]),
        ("day=2021-04-15", []),
        ("q=503+expected", [0]),
        ("q={id}", [1]),
        ("property=00000000", []),
        ("status=lost", []),
    ],
)
def test_deliveries_are_narrowed(site, three, query, which):
    asked = query.format(court=site.court.public_id, id=three[1].delivery_id)

    page = browser(site.admin).get(f"/settings/file-upload/deliveries?{asked}")

    assert list(page.context["deliveries"]) == [three[number] for number in which]
    if not which:
        assert "No file fits these filters." in text(document(page).get_element_by_id("results"))


def test_row_of_a_delivery_tells_what_happened(site, three):
    Destination.objects.filter(property=site.court).update(failures=1, next_attempt=NOW)

    rows = table(document(browser(site.admin).get("/settings/file-upload/deliveries")), "Deliveries")

    assert rows[0][3] == "waiting next attempt 15 Apr 2021, 13:30"  # St. John's
    assert rows[1][5] == "200 ok 1,210 ms · 2.0 KB"


def test_sent_again_leads_back_to_the_list_as_it_was_narrowed(site, three):
    client, narrowed = browser(site.admin), "/settings/file-upload/deliveries?status=failed&q=503"
    [form] = document(client.get(narrowed)).xpath("//form[@method='post'][contains(@action, 'resend')]")

    assert client.post(form.get("action"))["Location"] == narrowed


def test_no_delivery_yet_leads_to_the_settings(site):
    page = document(browser(site.admin).get("/settings/file-upload/deliveries"))

    assert "No file yet" in text(page.get_element_by_id("results"))
    assert page.xpath("//div[@id='results']//a/@href") == ["/settings/file-upload"]


def test_forms_begin_empty_and_ask_for_a_password_once(site):
    client = browser(site.admin)

    http = document(client.get(address(site, "http")))
    assert [text(http.get_element_by_id(f"id_{name}")) for name in ("header", "body")] == ["", ""]
    assert document(client.get(address(site, "ftps"))).get_element_by_id("id_password").get("required") is not None
    FtpsDestinationFactory(property=site.tower)
    assert document(client.get(address(site, "ftps"))).get_element_by_id("id_password").get("required") is None


@pytest.mark.parametrize("path", ["", "/deliveries", "/{tower}/http", "/{tower}/ftps/stop", "/{tower}/http/sample"])
def test_file_upload_is_the_admins(site, path):
    HttpDestinationFactory(property=site.tower)
    target = f"/settings/file-upload{path.format(tower=site.tower.public_id)}"

    assert browser(site.clerk).post(target, HOOK).status_code == 403
    assert HttpDestination.objects.count() == 1


def test_property_and_delivery_of_another_company_do_not_exist(site):
    other = DeliveryFactory(status=Status.FAILED)
    client = browser(site.admin)

    assert client.post(f"/settings/file-upload/deliveries/{other.delivery_id}/resend").status_code == 404
    path = f"/settings/file-upload/{other.destination.property.public_id}/http"
    assert client.post(path, HOOK).status_code == 404
    other.refresh_from_db()
    assert other.status == Status.FAILED

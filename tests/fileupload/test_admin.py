"""Staff set destinations up, try them, and send again what failed."""

from datetime import UTC, datetime, timedelta

import pytest
from auditlog.models import LogEntry

from fileupload.models import FtpsDestination, HttpDestination, Sample
from tests.factories.accounts import StaffFactory
from tests.factories.fileupload import DeliveryFactory, FtpsDestinationFactory, HttpDestinationFactory
from tests.factories.metering import PropertyFactory
from tests.fileupload.servers.http import answer

pytestmark = pytest.mark.django_db
ADMIN = "/admin/fileupload"


@pytest.fixture
def staff(client):
    client.force_login(StaffFactory(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def messages(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def ftps_form(property, **changes) -> dict[str, str]:
    form = {"property": property.pk, "host": "93.184.216.34", "port": "990", "user": "me", "password": "s3cret"}
    return {**form, "path": "", "file_type": "CSV", "ca_certificate": "", **changes}


def test_stored_password_is_never_shown_and_stays_when_none_is_typed(staff):
    house = PropertyFactory()
    staff.post(f"{ADMIN}/ftpsdestination/add/", ftps_form(house))
    stored = FtpsDestination.objects.get()
    page = staff.get(f"{ADMIN}/ftpsdestination/{stored.pk}/change/")

    staff.post(f"{ADMIN}/ftpsdestination/{stored.pk}/change/", ftps_form(house, user="you", password=""))

    stored.refresh_from_db()
    assert (stored.user, stored.password, stored.port, stored.path) == ("you", "s3cret", 990, None)
    assert "s3cret" not in page.content.decode()
    assert "s3cret" not in str(list(LogEntry.objects.values_list("changes", flat=True)))


def test_a_new_ftps_destination_needs_a_password(staff):
    page = staff.post(f"{ADMIN}/ftpsdestination/add/", ftps_form(PropertyFactory(), password=""), follow=True)

    assert not FtpsDestination.objects.exists()
    assert "password: This field is required." in " ".join(messages(page))


def test_destinations_inside_are_refused_here_too(staff):
    form = {"property": PropertyFactory().pk, "url": "http://127.0.0.1/", "method": "POST", "expected_code": "200"}

    page = staff.post(
        f"{ADMIN}/httpdestination/add/", {**form, "file_type": "CSV", "header": "", "body": ""}, follow=True
    )

    assert not HttpDestination.objects.exists()
    assert "public addresses only" in " ".join(messages(page))


def test_http_settings_are_changed_as_a_whole(staff):
    stored = HttpDestinationFactory(url="https://93.184.216.34/", header={"X-A": "1"}, failures=4)
    form = {"url": "https://93.184.216.34/new", "method": "PUT", "expected_code": "201", "file_type": "XML"}

    staff.post(f"{ADMIN}/httpdestination/{stored.pk}/change/", {**form, "header": '{"X-A": "1"}', "body": ""})

    stored.refresh_from_db()
    assert (stored.url, stored.method, stored.expected_code, stored.file_type, stored.header, stored.body) == (
        "https://93.184.216.34/new",
        "PUT",
        201,
        "XML",
        {"X-A": "1"},
        None,
    )
    assert stored.failures == 0


def test_samples_are_sent_by_the_worker_and_listed(staff, http_server, django_capture_on_commit_callbacks):
    chosen = [HttpDestinationFactory(url=http_server.url()).pk for _ in range(2)]
    http_server.behaviours = [answer(200, b"thanks"), answer(403, b"go away")]

    with django_capture_on_commit_callbacks() as rings:
        page = staff.post(
            f"{ADMIN}/httpdestination/", {"action": "send_sample", "_selected_action": chosen}, follow=True
        )
    assert len(messages(page)) == 2
    assert http_server.requests == []

    for ring in rings:
        ring()
    listed = staff.get(f"{ADMIN}/sample/").content.decode()
    assert "The server answered 403; 200 is expected." in listed
    assert list(Sample.objects.order_by("pk").values_list("taken", flat=True)) == [True, False]


def test_failed_delivery_is_sent_again(staff, http_server, django_capture_on_commit_callbacks):
    destination = HttpDestinationFactory(
        url=http_server.url(), failures=9, next_attempt=datetime(2099, 1, 1, tzinfo=UTC)
    )
    failed = DeliveryFactory(destination=destination, status="failed", attempts=40)

    with django_capture_on_commit_callbacks(execute=True):
        page = staff.post(f"{ADMIN}/delivery/", {"action": "resend", "_selected_action": [failed.pk]}, follow=True)

    failed.refresh_from_db()
    assert messages(page) == [f"{failed.delivery_id} is sent again."]
    assert (failed.status, failed.attempts) == ("sent", 41)
    assert failed.give_up - failed.last_attempt > timedelta(hours=23)


def test_deliveries_are_listed_in_a_bounded_number_of_queries(staff, django_assert_max_num_queries):
    for _ in range(12):
        DeliveryFactory()
    FtpsDestinationFactory()

    with django_assert_max_num_queries(12):
        page = staff.get(f"{ADMIN}/delivery/")

    assert page.status_code == 200

"""/reports/schedule/generate and /poll: a report made on request (reference; decisions, section 8)."""

import io
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import TestCase
from pypdf import PdfReader

from reporting.enums import RunStatus
from reporting.models import Run, Schedule
from tests.factories.accounts import AdminFactory, api_client
from tests.factories.reporting import ScheduleFactory

pytestmark = pytest.mark.django_db

PREFIXES = ["/api/v1/reports/schedule", "/api/v1/reports/reports/schedule"]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client():
    return api_client("report:schedule:generate")


@pytest.fixture
def schedule(client):
    return ScheduleFactory(user=client.user, name="Owner’s report", repeat="never", period=None)


def generate(client, schedule, prefix=PREFIXES[0]):
    return client.get(f"{prefix}/generate?id={schedule.public_id}")


def polled(client, schedule, run=None):
    """What polling gives before and after the run is made."""
    uri = generate(client, schedule).json()["poll_uri"]
    return uri, client.get(uri)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_generate_answers_as_the_reference_says(client, schedule, prefix):
    answer = generate(client, schedule, prefix)

    assert answer.status_code == 202
    body = answer.json()
    uri = urlsplit(body["poll_uri"])
    query = parse_qs(uri.query)
    assert (uri.scheme, uri.netloc, uri.path) == ("http", "testserver", "/api/v1/reports/schedule/poll")
    assert query["id"] == [schedule.public_id]
    assert body == {
        "code": 202,
        "error": "Accepted",
        "interval": "0:00:05",
        "message": f"The report generation job has been started. Please poll {uri.path}?{uri.query} for the status",
        "poll_uri": body["poll_uri"],
    }
    assert len(query["token"][0]) == 32
    assert query["token"][0] not in str(Run.objects.values().get())


def test_poll_is_too_early_until_the_report_is_done(client, schedule):
    uri, answer = polled(client, schedule)

    assert answer.status_code == 425
    assert answer.json() == {
        "code": 425,
        "error": "Too Early",
        "message": "The requested report is still being created. Please check again later.",
    }
    assert client.get(uri).status_code == 425


@pytest.mark.parametrize("prefix", PREFIXES)
def test_poll_gives_the_pdf_as_often_as_it_is_asked(client, schedule, prefix):
    with time_machine.travel("2021-03-31T15:00:00Z", tick=False), TestCase.captureOnCommitCallbacks(execute=True):
        uri = generate(client, schedule).json()["poll_uri"].replace(PREFIXES[0], prefix)

    contents = []
    for _ in range(2):
        answer = client.get(uri)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        contents.append(answer.getvalue())

    assert contents[0] == contents[1]
    text = PdfReader(io.BytesIO(contents[0])).pages[0].extract_text()
    assert "Owner’s report" in text
    assert "February 28 to March 30, 2021" in text


def test_a_run_on_request_is_told_in_the_schedule_and_not_mailed(client, schedule, mailoutbox):
    with time_machine.travel("2021-03-31T15:00:00Z", tick=False), TestCase.captureOnCommitCallbacks(execute=True):
        generate(client, schedule)

    told = Schedule.objects.get()
    assert told.result == "The report for February 28 to March 30, 2021 was made on request."
    assert told.last_run.isoformat() == "2021-03-31T15:00:00+00:00"
    assert told.updated == schedule.updated
    assert mailoutbox == []


def test_each_generation_has_its_own_token(client, schedule):
    first, second = (generate(client, schedule).json()["poll_uri"] for _ in range(2))

    assert first != second
    Run.objects.order_by("pk").first().delete()
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 425


def test_a_failed_run_says_why(client, schedule):
    uri = generate(client, schedule).json()["poll_uri"]
    Run.objects.update(status=RunStatus.FAILED, reason="The disk is full.")

    answer = client.get(uri)

    assert answer.status_code == 500
    assert answer.json() == {"code": 500, "error": "Internal Server Error", "message": "The disk is full."}


@pytest.mark.parametrize("token", ["0" * 32, "x", "'"])
def test_an_unknown_token_is_not_found(client, schedule, token):
    generate(client, schedule)

    assert client.get(f"{PREFIXES[0]}/poll?id={schedule.public_id}&token={token}").status_code == 404


def test_a_token_serves_its_own_schedule_only(client, schedule):
    other = ScheduleFactory(user=client.user)
    uri = generate(client, schedule).json()["poll_uri"]

    assert client.get(uri.replace(schedule.public_id, other.public_id)).status_code == 404


def test_a_token_serves_nobody_else(client, schedule):
    uri = generate(client, schedule).json()["poll_uri"]
    colleague = api_client("report:schedule:*", user=AdminFactory(company=client.user.company))

    assert colleague.get(uri).status_code == 404
    assert generate(colleague, schedule).status_code == 404
    assert Run.objects.count() == 1


def test_id_and_token_are_required(client, schedule):
    for query, field in (("", "id"), (f"?id={schedule.public_id}", "token")):
        answer = client.get(f"{PREFIXES[0]}/poll{query}")
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert client.get(f"{PREFIXES[0]}/generate").status_code == 400


@pytest.mark.parametrize("action", ["generate", "poll"])
def test_the_scope_is_needed(schedule, action):
    refused = api_client("report:schedule:read", user=schedule.user).get(
        f"{PREFIXES[0]}/{action}?id={schedule.public_id}"
    )

    assert refused.status_code == 403
    assert not Run.objects.exists()


def test_fifty_at_once_are_enough(client, schedule):
    days = {"before": date(2021, 1, 1), "first": date(2021, 2, 1), "until": date(2021, 3, 1)}
    Run.objects.bulk_create(
        Run(public_id=f"{number:08x}", schedule=schedule, token_hash=str(number), **days) for number in range(50)
    )

    answer = generate(client, schedule)

    assert answer.status_code == 409
    assert answer.json()["message"] == "50 generations of this report are under way already; poll those first."

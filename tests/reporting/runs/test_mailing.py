"""The PDF reaches its owner's mailbox, through whatever the mail server says meanwhile."""

import io
from datetime import timedelta

import pytest
import time_machine
from pypdf import PdfReader

from reporting.models import Run, Schedule
from reporting.runs import mailing, making
from tests.reporting.runs.conftest import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(run):
    with time_machine.travel(MORNING, tick=False):
        making.make(run.pk)
    return run


def send_at(time, run):
    with time_machine.travel(time, tick=False):
        return mailing.send(run.pk)


def test_the_owner_gets_the_pdf(made, server):
    assert send_at(MORNING, made)

    [(_, recipients, message)] = server.taken
    assert recipients == ["ada@example.com"]
    assert message["Subject"] == "Owner’s report: February 28 to March 30, 2021"
    assert message["From"] == "Lakeshore <no-reply@localhost>"
    assert message["Message-ID"] == f"<report-{made.public_id}@localhost>"
    assert "  Consumption by property" in message.get_body(("plain",)).get_content()
    [pdf] = message.iter_attachments()
    assert (pdf.get_content_type(), pdf.get_filename()) == (
        "application/pdf",
        "owners-report_2021-02-28_2021-03-30.pdf",
    )
    assert "Owner’s report" in PdfReader(io.BytesIO(pdf.get_content())).pages[0].extract_text()
    told = Schedule.objects.get().result
    assert told == "The report for February 28 to March 30, 2021 was made and mailed to ada@example.com."
    assert Run.objects.get().emailed_at == MORNING


def test_a_message_is_sent_once(made, server):
    assert [send_at(MORNING + timedelta(hours=hours), made) for hours in range(3)] == [True, False, False]
    assert len(server.taken) == 1


def test_a_refused_message_is_tried_again_after_growing_pauses(made, server):
    server.refused["ada@example.com"] = "450 The mailbox is full"
    now, pauses = MORNING, []
    for _ in range(4):
        assert not send_at(now, made)
        run = Run.objects.get()
        pauses.append((run.mail_next_attempt - now).total_seconds() / 60)
        now = run.mail_next_attempt
    assert pauses == [1, 5, 15, 60]
    assert Schedule.objects.get().result == (
        "The report for February 28 to March 30, 2021 was made, but could not be mailed to ada@example.com "
        "(450 The mailbox is full); it is tried again later."
    )

    server.refused.clear()
    assert mailing.due_mail_ids(now) == [made.pk]
    assert send_at(now, made)
    assert Schedule.objects.get().result.endswith("was made and mailed to ada@example.com.")


def test_a_message_that_is_never_taken_is_given_up(made, server):
    server.refused["ada@example.com"] = "550 There is nobody of this name"
    Run.objects.update(mail_attempts=mailing.MOST_ATTEMPTS - 1)

    assert not send_at(MORNING, made)

    assert mailing.due_mail_ids(MORNING + timedelta(days=30)) == []
    assert Schedule.objects.get().result.endswith("(550 There is nobody of this name); it is not tried any more.")


def test_a_message_whose_worker_died_is_found_again(made, server):
    assert mailing._take(made.pk, MORNING) is not None
    assert mailing.due_mail_ids(MORNING) == []

    later = MORNING + timedelta(minutes=15)
    assert mailing.due_mail_ids(later) == [made.pk]
    assert send_at(later, made)


def test_names_cannot_add_headers(made, server):
    Schedule.objects.update(name="Report\r\nBcc: all@example.com")

    assert send_at(MORNING, made)

    [(_, recipients, message)] = server.taken
    assert recipients == ["ada@example.com"]
    assert message["Bcc"] is None

"""Sending against a real server: what it takes, what it refuses, who is killed, who comes second."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, connections

from billing import tasks
from billing.enums import MailStatus
from billing.mail import due_mail_ids, send, sending
from billing.models import Invoice, InvoiceMail
from tests.billing.documents.builder import build_invoice
from tests.billing.mail.conftest import free_port

NOW = datetime(2021, 4, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def _state(mail):
    mail.refresh_from_db()
    return mail.status, mail.attempts, mail.sent, mail.next_attempt - NOW


@pytest.mark.django_db
def test_send_reaches_the_tenant_with_text_html_and_documents(server, clock):
    invoice = build_invoice()
    mail = invoice.mails.get()

    assert send(mail.pk) is True

    ((sender, recipients, message),) = server.taken
    assert (sender, recipients) == ("no-reply@localhost", ["john@example.com"])
    assert message.get_body(("plain",)).get_content().startswith("Hello John Smith,")
    assert "$52.51" in message.get_body(("html",)).get_content()
    documents = {part.get_content_type(): part.get_content() for part in message.iter_attachments()}
    assert documents["application/pdf"].startswith(b"%PDF-")
    assert documents["application/pdf"].rstrip().endswith(b"%%EOF")
    assert documents["application/vnd.oasis.opendocument.text"].startswith(b"PK")
    assert _state(mail)[:3] == (MailStatus.SENT, 1, NOW)
    invoice.refresh_from_db()
    assert invoice.email_sent == NOW


@pytest.mark.django_db
def test_send_of_what_is_sent_does_nothing(server, clock):
    mail = build_invoice().mails.get()
    send(mail.pk)
    clock.shift(timedelta(days=1))

    assert send(mail.pk) is False
    assert due_mail_ids(NOW + timedelta(days=1)) == []
    assert len(server.taken) == 1


@pytest.mark.django_db
def test_email_sent_waits_for_the_last_tenant(server, clock):
    invoice = build_invoice(tenants=2)
    john, anne = invoice.mails.order_by("pk")
    server.refused["anne@example.com"] = "451 Try again later"

    assert send(john.pk) is True
    assert send(anne.pk) is False
    invoice.refresh_from_db()
    assert invoice.email_sent is None

    server.refused.clear()
    clock.shift(timedelta(minutes=1))
    assert send(anne.pk) is True
    invoice.refresh_from_db()
    assert invoice.email_sent == NOW + timedelta(minutes=1)
    assert [recipients for _, recipients, _ in server.taken] == [["john@example.com"], ["anne@example.com"]]


@pytest.mark.django_db
def test_send_refused_keeps_the_reason_and_waits(server, clock):
    mail = build_invoice().mails.get()
    server.refused["john@example.com"] = "550 No such mailbox"

    assert send(mail.pk) is False

    assert _state(mail) == (MailStatus.WAITING, 1, None, timedelta(minutes=1))
    assert mail.last_error == "550 No such mailbox"
    assert send(mail.pk) is False  # not yet due again
    assert _state(mail)[1] == 1


@pytest.mark.django_db
def test_send_forgets_the_reason_once_it_succeeds(server, clock):
    mail = build_invoice().mails.get()
    server.refused["john@example.com"] = "451 Try again later"
    send(mail.pk)
    server.refused.clear()
    clock.shift(timedelta(minutes=1))

    assert send(mail.pk) is True

    assert _state(mail)[:2] == (MailStatus.SENT, 2)
    assert mail.last_error == ""


@pytest.mark.django_db
def test_send_without_a_server_waits(server, clock, settings):
    settings.EMAIL_PORT = free_port()
    mail = build_invoice().mails.get()

    assert send(mail.pk) is False

    assert _state(mail) == (MailStatus.WAITING, 1, None, timedelta(minutes=1))
    assert mail.last_error == "ConnectionRefusedError: [Errno 111] Connection refused"


@pytest.mark.django_db
def test_send_pauses_grow_up_to_six_hours(server, clock):
    mail = build_invoice().mails.get()
    server.refused["john@example.com"] = "451 Try again later"

    pauses = []
    for _ in range(8):
        send(mail.pk)
        mail.refresh_from_db()
        pauses.append((mail.next_attempt - datetime.now(tz=UTC)) // timedelta(minutes=1))
        clock.move_to(mail.next_attempt)

    assert pauses == [1, 5, 15, 60, 180, 360, 360, 360]


@pytest.mark.django_db
def test_send_whose_documents_fail_says_so(server, clock, monkeypatch):
    mail = build_invoice(timezone="Nowhere/Land").mails.get()

    assert send(mail.pk) is False

    assert _state(mail)[:2] == (MailStatus.WAITING, 1)
    assert mail.last_error.startswith("ZoneInfoNotFoundError")


class Killed(BaseException):
    """A worker that ends where it stands: nothing catches it."""


@pytest.mark.django_db
def test_a_killed_worker_leaves_the_message_to_the_sweep(server, clock, monkeypatch):
    mail = build_invoice().mails.get()

    def die(*_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(sending, "message_of", die)
        with pytest.raises(Killed):
            send(mail.pk)
    assert _state(mail) == (MailStatus.SENDING, 1, None, sending.LEASE)

    tasks.sweep_mail()
    assert server.taken == []  # the lease still runs
    clock.shift(sending.LEASE)
    tasks.sweep_mail()

    assert len(server.taken) == 1
    assert _state(mail)[:2] == (MailStatus.SENT, 2)


@pytest.mark.django_db
def test_a_worker_killed_after_the_server_took_it_repeats_under_the_same_id(server, clock, monkeypatch):
    mail = build_invoice().mails.get()

    def die(*_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_note_success", die)
        with pytest.raises(Killed):
            send(mail.pk)
    clock.shift(sending.LEASE)
    tasks.sweep_mail()

    first, second = (message["Message-ID"] for _, _, message in server.taken)
    assert first == second
    assert Invoice.objects.get().email_sent == NOW + sending.LEASE


@pytest.mark.django_db
def test_a_failure_after_the_lease_does_not_undo_who_took_over(server, clock):
    mail = build_invoice().mails.get()
    slow = sending._take(mail.pk, NOW)
    clock.shift(sending.LEASE)
    send(mail.pk)

    sending._note_failure(slow, TimeoutError("timed out"))

    assert _state(mail)[:2] == (MailStatus.SENT, 2)


@pytest.mark.django_db
def test_due_mail_ids_are_the_longest_due_first(clock):
    late, soon, later = InvoiceMail.objects.filter(invoice=build_invoice(tenants=3)).order_by("pk")
    for mail, when in ((late, NOW), (soon, NOW - timedelta(hours=1)), (later, NOW + timedelta(seconds=1))):
        mail.next_attempt = when
        mail.save()

    assert due_mail_ids(NOW) == [soon.pk, late.pk]
    assert due_mail_ids(NOW, limit=1) == [soon.pk]


@pytest.mark.django_db
def test_due_mail_ids_take_one_query(django_assert_num_queries):
    build_invoice(tenants=4)

    with django_assert_num_queries(1):
        assert len(due_mail_ids(NOW)) == 4


@pytest.mark.django_db
def test_invoice_without_tenants_is_never_called_sent(server):
    invoice = build_invoice(tenants=0)

    tasks.sweep_mail()

    invoice.refresh_from_db()
    assert (invoice.email_sent, server.taken) == (None, [])


def _in_thread(work):
    """Run the work on a connection of its own."""

    def run(argument):
        try:
            return work(argument)
        finally:
            connections.close_all()

    return run


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_message_once(server):
    mail = build_invoice().mails.get()
    server.pause = 0.3

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(_in_thread(send), [mail.pk] * 4))

    assert sorted(results) == [False, False, False, True]
    assert len(server.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_two_tenants_at_once_still_set_email_sent(server):
    invoice = build_invoice(tenants=4)
    tasks.make_documents(invoice.pk)
    server.pause = 0.1

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(_in_thread(send), list(invoice.mails.values_list("pk", flat=True))))

    assert results == [True] * 4
    invoice.refresh_from_db()
    assert invoice.email_sent == max(invoice.mails.values_list("sent", flat=True))
    assert not connection.in_atomic_block

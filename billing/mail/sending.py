"""Who sends a message, and when it is tried again.

A row is taken by one conditional UPDATE that moves its next attempt ahead: a lease. A worker that dies with it leaves a row
that falls due again when the lease runs out; one that fails sets a nearer or farther time itself. So every message is sent
at least once, and two workers never send one at the same time.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from billing.enums import MailStatus
from billing.mail.message import message_of
from billing.models import Invoice, InvoiceMail
from intellimeter.common.mail import LEASE, pause_after, reason

logger = logging.getLogger(__name__)


@transaction.atomic
def resend(*, invoice: Invoice, now: datetime) -> int:
    """Send the invoice's messages again, also those that went out; how many there are. One that a worker has is left to it."""
    idle = InvoiceMail.objects.filter(invoice=invoice).exclude(status=MailStatus.SENDING)
    again = idle.update(status=MailStatus.WAITING, sent=None, next_attempt=now, last_error="")
    if again:
        transaction.on_commit(lambda: _ring(invoice))
    return again


def _ring(invoice: Invoice) -> None:
    from billing.tasks import deliver_invoices  # its module imports this one

    deliver_invoices.delay([invoice.pk])


def due_mail_ids(now: datetime, *, limit: int | None = None) -> list[int]:
    """The messages to be tried, the longest due first."""
    due = InvoiceMail.objects.filter(next_attempt__lte=now).exclude(status=MailStatus.SENT)
    return list(due.order_by("next_attempt", "pk").values_list("pk", flat=True)[:limit])


def send(mail_id: int) -> bool:
    """Send one message if it is due and nobody else has it; whether the server took it.

    A failure is not raised: it is kept on the row, with the time of the next attempt, and logged.
    """
    mail = _take(mail_id, timezone.now())
    if mail is None:
        return False
    try:
        if not message_of(mail).send():
            raise ValueError(f"There is no one to send it to: {mail.email!r}.")
    except Exception as error:  # whatever it was, the message is still to be sent, and the row says why it is not
        logger.exception("Invoice %s did not go out to its tenant (attempt %d)", mail.invoice.public_id, mail.attempts)
        _note_failure(mail, error)
        return False
    _note_success(mail)
    return True


def _take(mail_id: int, now: datetime) -> InvoiceMail | None:
    """The row, held until its lease runs out; None if it is sent, not due, or another worker's."""
    due = InvoiceMail.objects.filter(pk=mail_id, next_attempt__lte=now).exclude(status=MailStatus.SENT)
    taken = due.update(status=MailStatus.SENDING, next_attempt=now + LEASE, attempts=F("attempts") + 1)
    if not taken:
        return None
    return InvoiceMail.objects.select_related("invoice__company").get(pk=mail_id)


def _note_failure(mail: InvoiceMail, error: Exception) -> None:
    """Keep the reason, and try again later; unless the lease ran out and somebody else tries it by now."""
    InvoiceMail.objects.filter(pk=mail.pk, attempts=mail.attempts).exclude(status=MailStatus.SENT).update(
        status=MailStatus.WAITING,
        next_attempt=timezone.now() + pause_after(mail.attempts),
        last_error=reason(error),
    )


@transaction.atomic
def _note_success(mail: InvoiceMail) -> None:
    """The message is sent; with the last one of an invoice, the invoice is.

    The invoice is locked first: of two that finish together, the second must see the first.
    """
    invoice = Invoice.objects.select_for_update(no_key=True).get(pk=mail.invoice_id)
    now = timezone.now()
    InvoiceMail.objects.filter(pk=mail.pk).exclude(status=MailStatus.SENT).update(
        status=MailStatus.SENT, sent=now, last_error=""
    )
    waiting = InvoiceMail.objects.filter(invoice=invoice).exclude(status=MailStatus.SENT)
    if invoice.email_sent is None and not waiting.exists():
        invoice.email_sent = now
        invoice.save(update_fields=["email_sent"])

"""One tenant's message: what the invoice says in short, as text and as HTML, with both documents attached."""

import hashlib
import re
from email.utils import formataddr

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from billing.documents import KINDS, MEDIA_TYPES, invoice_file
from billing.documents.content import InvoiceContent, content_of
from billing.models import Invoice, InvoiceMail
from intellimeter.common import mail as common
from intellimeter.common.mail import one_line, sender

ADDRESS = re.compile(r"[^\s<>@,;:\"()]+@[^\s<>@,;:\"()]+\.[^\s<>@,;:\"()]+")


def message_of(mail: InvoiceMail) -> EmailMultiAlternatives:
    """The message, ready to be sent. Made again it has the same Message-ID, so that a repeat can be recognised."""
    invoice = mail.invoice
    content = content_of(invoice)
    context = {"invoice": content, "name": mail.name}
    message = EmailMultiAlternatives(
        subject=_subject(content),
        body=render_to_string("billing/mail/invoice.txt", context),
        from_email=sender(content.sender),
        to=[formataddr((one_line(mail.name), mail.email))],
        reply_to=ADDRESS.findall(invoice.invoice_from)[:1],
        headers={"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("billing/mail/invoice.html", context), "text/html")
    for kind in KINDS:
        _attach(message, invoice, kind)
    return message


def message_id(mail: InvoiceMail) -> str:
    """The same for every try at this message, another for any other."""
    person = hashlib.sha256(mail.email.encode()).hexdigest()[:16]
    return common.message_id(f"invoice-{mail.invoice.public_id}.{person}")


def _subject(content: InvoiceContent) -> str:
    return one_line(f"Invoice {content.number}: {content.suite}, {content.period} ({content.total} due {content.due})")


def _attach(message: EmailMultiAlternatives, invoice: Invoice, kind: str) -> None:
    with invoice_file(invoice, kind) as file:
        message.attach(file.name, file.read(), MEDIA_TYPES[kind])

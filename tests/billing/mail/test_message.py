from email.header import decode_header, make_header

import pytest

from billing.documents import invoice_file
from billing.mail.message import message_id, message_of
from tests.billing.documents.builder import build_invoice

pytestmark = pytest.mark.django_db

TEXT = """\
Hello John Smith,

here is invoice 1042 for Suite 101 at Maple Tower, for March 1 to 31, 2021.

  Electricity: $40.21
  Admin Fee: $6.26
  Subtotal: $46.47
  Tax (13%): $6.04
  Total: $52.51

Please pay $52.51 by May 1, 2021, and name invoice 1042 and Suite 101 with your payment.

The invoice is attached twice, with the same content: as PDF, and as .odt for word processors. \
It shows how each amount adds up, and the registers of your meters.

Maple Property Management
"""


def _mail(**changed):
    return build_invoice(**changed).mails.select_related("invoice__company").get()


def test_message_says_what_the_invoice_says():
    message = message_of(_mail())

    assert message.subject == "Invoice 1042: Suite 101, March 1 to 31, 2021 ($52.51 due May 1, 2021)"
    assert message.to == ["John Smith <john@example.com>"]
    assert message.from_email == "Maple Property Management <no-reply@localhost>"
    assert message.body.strip() == TEXT.strip()
    (html,) = message.alternatives
    assert html.mimetype == "text/html"
    for text in ("Hello John Smith", "$40.21", "$6.26", "$46.47", "$6.04", "$52.51", "May 1, 2021", "Maple Property"):
        assert text in html.content


def test_message_has_both_documents_attached():
    mail = _mail(filename="invoice-1042-0a1b2c3d.odt")

    message = message_of(mail)

    with invoice_file(mail.invoice, "odt") as odt, invoice_file(mail.invoice, "pdf") as pdf:
        assert [tuple(attachment) for attachment in message.attachments] == [
            ("invoice-1042-0a1b2c3d.odt", odt.read(), "application/vnd.oasis.opendocument.text"),
            ("invoice-1042-0a1b2c3d.pdf", pdf.read(), "application/pdf"),
        ]


def test_message_made_again_has_the_same_id():
    john, anne = build_invoice(tenants=2).mails.order_by("pk")

    assert message_of(john).message()["Message-ID"] == message_of(john).message()["Message-ID"] == message_id(john)
    assert message_id(john) != message_id(anne)


def test_message_is_answered_to_the_address_in_the_signature():
    message = message_of(_mail(invoice_from="Maple Billing <billing@maple.example>"))

    assert message.message()["Reply-To"] == "billing@maple.example"
    assert message.message()["From"] == '"Maple Billing <billing@maple.example>" <no-reply@localhost>'


def test_message_has_no_reply_address_where_none_is_known():
    assert message_of(_mail()).message()["Reply-To"] is None


def test_message_keeps_line_breaks_in_names_out_of_its_head():
    evil = "Eve\r\nBcc: all@example.com\nX-Evil: 1\x00\u2028"
    mail = _mail()
    mail.name = mail.invoice.invoice_from = mail.invoice.suite_name = evil

    head = message_of(mail).message()

    assert head["Bcc"] is None
    assert head["X-Evil"] is None
    assert head.get_all("To") == ['"Eve Bcc: all@example.com X-Evil: 1" <john@example.com>']
    assert "\n" not in head["Subject"].replace("\n ", " ")


def test_message_in_html_escapes_names():
    mail = _mail(suite_name="<script>alert(1)</script>")

    (html,) = message_of(mail).alternatives

    assert "<script>" not in html.content
    assert "&lt;script&gt;" in html.content


def test_message_of_names_beyond_ascii_survives_the_way():
    mail = _mail(invoice_from="Société Québec")
    mail.name = "Anaïs Côté"

    head = message_of(mail).message()

    assert head["To"].isascii()
    assert str(make_header(decode_header(head["To"]))) == "Anaïs Côté <john@example.com>"
    assert str(make_header(decode_header(head["From"]))) == "Société Québec <no-reply@localhost>"

"""Where invoices' documents lie: MEDIA_ROOT/invoices/<company>/<filename>, each written once and whole (ADR 7)."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files import File

from billing.documents.content import content_of
from billing.documents.odt import invoice_odt
from billing.documents.own_templates import template_of
from billing.documents.pdf import invoice_pdf
from billing.models import Invoice
from intellimeter.common.documents.stored import store_once

KINDS: dict[str, Callable[[Invoice], bytes]] = {
    "odt": lambda invoice: invoice_odt(content_of(invoice), template_of(invoice)),
    "pdf": lambda invoice: invoice_pdf(content_of(invoice), template_of(invoice)),
}
MEDIA_TYPES = {"odt": "application/vnd.oasis.opendocument.text", "pdf": "application/pdf"}


def invoice_file(invoice: Invoice, kind: str) -> File:
    """The invoice's document, `odt` or `pdf`, open for reading; its `name` is the file's name without a folder.

    It is made if it is not there yet. Whoever asks closes it (a FileResponse does).
    """
    path = _path(invoice, kind)
    if not path.exists():
        store_once(path, KINDS[kind](invoice))
    return File(path.open("rb"), name=path.name)


def make_files(invoice: Invoice) -> None:
    """Make those of the invoice's documents that are not there yet."""
    for kind in KINDS:
        invoice_file(invoice, kind).close()


def _path(invoice: Invoice, kind: str) -> Path:
    """The invoice's file; `filename` is the .odt's, the .pdf's differs in its ending alone."""
    name = Path(invoice.filename).with_suffix(f".{kind}").name
    return Path(settings.MEDIA_ROOT) / "invoices" / invoice.company.public_id / name

"""Where invoices' documents lie: MEDIA_ROOT/invoices/<company>/<filename>, each written once and whole (ADR 7)."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files import File

from billing.documents.content import InvoiceContent, content_of
from billing.documents.odt import invoice_odt
from billing.documents.pdf import invoice_pdf
from billing.models import Invoice

KINDS: dict[str, Callable[[InvoiceContent], bytes]] = {"odt": invoice_odt, "pdf": invoice_pdf}
MEDIA_TYPES = {"odt": "application/vnd.oasis.opendocument.text", "pdf": "application/pdf"}


def invoice_file(invoice: Invoice, kind: str) -> File:
    """The invoice's document, `odt` or `pdf`, open for reading; its `name` is the file's name without a folder.

    It is made if it is not there yet. Whoever asks closes it (a FileResponse does).
    """
    path = _path(invoice, kind)
    if not path.exists():
        _store(path, KINDS[kind](content_of(invoice)))
    return File(path.open("rb"), name=path.name)


def make_files(invoice: Invoice) -> None:
    """Make those of the invoice's documents that are not there yet."""
    for kind in KINDS:
        invoice_file(invoice, kind).close()


def _path(invoice: Invoice, kind: str) -> Path:
    """The invoice's file; `filename` is the .odt's, the .pdf's differs in its ending alone."""
    name = Path(invoice.filename).with_suffix(f".{kind}").name
    return Path(settings.MEDIA_ROOT) / "invoices" / invoice.company.public_id / name


def _store(path: Path, content: bytes) -> None:
    """Put the file there whole, unless somebody else was first: then theirs stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".draft")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, 0o640)
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)

"""Many invoices' documents as one zip, streamed as it is made."""

import zipfile
from collections.abc import Iterator
from io import RawIOBase
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from billing.documents import KINDS, invoice_file
from billing.models import Invoice
from billing.views import InvoiceRows

MOST = 500
BLOCK = 1 << 16


class InvoiceBundle(InvoiceRows, View):
    """The documents of the invoices that the list's filters let through; at most 500, the list says how to narrow it."""

    scope = "billing:invoice:view"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], required=False)
        chosen = request.GET.get("kind", "pdf")
        rows = list(self.get_queryset().select_related("company")[: MOST + 1])
        if not rows or len(rows) > MOST or not kind.valid_value(chosen):
            messages.error(request, _("A zip holds 1 to %(most)d invoices; narrow the list.") % {"most": MOST})
            query = request.GET.copy()
            query.pop("kind", None)
            return redirect(f"{reverse('invoices')}?{query.urlencode()}")
        response = StreamingHttpResponse(_zipped(rows, chosen), content_type="application/zip")
        response["Content-Disposition"] = 'attachment; filename="invoices.zip"'
        return response


class _Pipe(RawIOBase):
    """What the zip writes, to be handed on: it cannot go back, so each file's sizes follow its content."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        found = b"".join(self.parts)
        self.parts.clear()
        return found


def _zipped(invoices: list[Invoice], kind: str) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as bundle:
        for invoice in invoices:
            with invoice_file(invoice, kind) as document, bundle.open(str(document.name), "w") as entry:
                while block := document.read(BLOCK):
                    entry.write(block)
                    yield pipe.taken()
    yield pipe.taken()

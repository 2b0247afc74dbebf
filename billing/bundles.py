"""Documents of many invoices as one zip file: asked for by a user, made by a worker with its progress, gone after a day.

The row is the truth and the task a doorbell: a zip whose worker was lost is made again from its beginning.
"""

import os
import zipfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from billing.documents import invoice_file
from billing.models import Invoice, InvoiceBundle

BLOCK = 1 << 16
SAID_EVERY = 10  # invoices
LOST_AFTER = timedelta(minutes=10)
KEPT = timedelta(days=1)


@transaction.atomic
def ask_for_bundle(*, user: User, invoices: Iterable[Invoice], kind: str) -> InvoiceBundle:
    """Have a worker put these invoices' documents into a zip file."""
    from billing.tasks import make_bundle

    ids = [invoice.pk for invoice in invoices]
    bundle = InvoiceBundle.objects.create(user=user, kind=kind, invoice_ids=ids)
    transaction.on_commit(lambda: make_bundle.delay(bundle.pk))
    return bundle


def make_bundle(bundle_id: int) -> None:
    """Make the zip file, unless it is there or somebody else is at it."""
    if not _unmade(timezone.now()).filter(pk=bundle_id).update(alive=timezone.now(), done=0):
        return
    bundle = InvoiceBundle.objects.get(pk=bundle_id)
    path = path_of(bundle)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as target:
        for done, invoice_id in enumerate(bundle.invoice_ids, 1):
            _add(target, Invoice.objects.select_related("company").get(pk=invoice_id), bundle.kind)
            if done % SAID_EVERY == 0:
                InvoiceBundle.objects.filter(pk=bundle_id).update(done=done, alive=timezone.now())
    os.replace(draft, path)
    InvoiceBundle.objects.filter(pk=bundle_id).update(done=len(bundle.invoice_ids), finished=timezone.now())


def _add(target: zipfile.ZipFile, invoice: Invoice, kind: str) -> None:
    with invoice_file(invoice, kind) as document, target.open(str(document.name), "w") as entry:
        while block := document.read(BLOCK):
            entry.write(block)


def path_of(bundle: InvoiceBundle) -> Path:
    """Where the zip file lies, or will."""
    return Path(settings.MEDIA_ROOT) / "bundles" / f"{bundle.public_id}.zip"


def unmade_ids(now: datetime) -> list[int]:
    """The zips that nobody began, or whose worker was lost."""
    return list(_unmade(now).order_by("pk").values_list("pk", flat=True))


def _unmade(now: datetime) -> QuerySet[InvoiceBundle]:
    idle = Q(alive=None) | Q(alive__lt=now - LOST_AFTER)
    return InvoiceBundle.objects.filter(idle, finished=None)


def forget_old_bundles(now: datetime) -> None:
    """Delete those of over a day ago with their files."""
    for bundle in InvoiceBundle.objects.filter(created__lt=now - KEPT):
        path_of(bundle).unlink(missing_ok=True)
        path_of(bundle).with_suffix(".draft").unlink(missing_ok=True)
        bundle.delete()

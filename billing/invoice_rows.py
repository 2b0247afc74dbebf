"""A list of invoices as rows of a file, CSV or XLSX."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from billing.models import Invoice
from intellimeter.common.local_time import zone_of

HEADINGS = (
    "number", "id", "property", "suite", "service", "first_day", "last_day", "created", "due", "state",
    "subtotal", "tax", "total", "paid", "email_sent", "filename",
)  # fmt: skip


def invoice_rows(rows: QuerySet[Invoice]) -> Iterator[tuple[Any, ...]]:
    """One per invoice: days of the period inclusive, times local to the property and without offset, amounts in dollars."""
    return map(_cells, rows.iterator(chunk_size=1000))


def _cells(invoice: Invoice) -> tuple[Any, ...]:
    def local(instant: datetime | None) -> datetime | None:
        if instant is None:
            return None
        return instant.astimezone(zone_of(invoice.timezone)).replace(tzinfo=None, microsecond=0)

    return (
        invoice.number, invoice.public_id, invoice.property_name, invoice.suite_name, invoice.service_name,
        invoice.period_start, invoice.period_end - timedelta(days=1), local(invoice.created), invoice.due,
        invoice.state,  # type: ignore[attr-defined] # annotated by invoices_with_state
        invoice.subtotal, invoice.tax, invoice.total, local(invoice.paid), local(invoice.email_sent), invoice.filename,
    )  # fmt: skip

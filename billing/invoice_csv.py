"""A list of invoices as a file."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from billing.models import Invoice
from intellimeter.common.local_time import local_stamp, zone_of
from intellimeter.common.portal.csv_lines import csv_lines

HEADINGS = (
    "number", "id", "property", "suite", "service", "first_day", "last_day", "created", "due", "state",
    "subtotal", "tax", "total", "paid", "email_sent", "filename",
)  # fmt: skip


def invoice_csv(rows: QuerySet[Invoice]) -> Iterator[str]:
    """One line per invoice: days of the period inclusive, times local to the property, amounts in dollars."""
    return csv_lines(HEADINGS, map(_cells, rows.iterator(chunk_size=1000)))


def _cells(invoice: Invoice) -> tuple[Any, ...]:
    def local(instant: datetime | None) -> str | None:
        return None if instant is None else local_stamp(instant, zone_of(invoice.timezone))

    return (
        invoice.number, invoice.public_id, invoice.property_name, invoice.suite_name, invoice.service_name,
        invoice.period_start, invoice.period_end - timedelta(days=1), local(invoice.created), invoice.due,
        invoice.state,  # type: ignore[attr-defined] # annotated by invoices_with_state
        invoice.subtotal, invoice.tax, invoice.total, local(invoice.paid), local(invoice.email_sent), invoice.filename,
    )  # fmt: skip

"""A month end: 1,000 invoices with their lines beside one statement that computes the totals, and 10,000 beside 1,000."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from accounts.models import Company
from bench.context import Context
from bench.results import Result, Work, median_times, milliseconds, say
from bench.sites import add_property, fill
from bench.yardsticks.invoices import totals
from billing.issuing import issue_property
from billing.models import Invoice, InvoiceSequence
from billing.periods import first_of_month
from metering.models import Property

SUITES = 100
STEP = timedelta(hours=6)


def measure(context: Context) -> list[Result]:
    count = 1_000 if context.scale >= 0.1 else 100
    month = first_of_month(context.end.date(), -1)
    small = _company(context, "S", count // SUITES, month)
    large = _company(context, "L", count * 10 // SUITES, month)
    context.settle_down()
    start, end = month.isoformat(), first_of_month(month, 1).isoformat()
    raw = context.raw_connection()
    _issue(context, small, month)
    _agree(small, totals(raw, small.pk, start, end))
    ours, tenfold, bare = median_times(
        context.repeats,
        Work(lambda _: _issue(context, small, month), lambda _: _forget(small)),
        Work(lambda _: _issue(context, large, month), lambda _: _forget(large)),
        Work(lambda _: totals(raw, small.pk, start, end)),
    )
    raw.close()
    return [
        _result(
            context,
            f"{count:,} invoices of a month end, figures and rows",
            "one SQL of the same totals",
            ours,
            bare,
            20,
        ),
        _result(context, f"{count * 10:,} invoices", f"{count:,} invoices", tenfold, ours, 11),
    ]


def _result(context: Context, work: str, yardstick: str, ours: float, other: float, target: float) -> Result:
    texts = milliseconds(ours), milliseconds(other)
    return Result(work, yardstick, *texts, ours / other, target, False, context.database, context.scale)


def _company(context: Context, mark: str, properties: int, month: date) -> Company:
    """Properties of 100 suites, each with a meter that was read every six hours of the month."""
    company = Company.objects.create(name=f"Bench invoices {mark}")
    say(f"{properties} properties of {SUITES} suites with a month of reads …")
    start = datetime(month.year, month.month, 1, tzinfo=context.end.tzinfo)
    for number in range(properties):
        property = add_property(company, f"BENCH-{mark}{number:03}", SUITES, services=True)
        fill(property, range(SUITES), start, 33 * 4, STEP)
    return company


def _issue(context: Context, company: Company, month: date) -> None:
    for property in Property.objects.filter(company=company).select_related("company"):
        issue_property(property=property, now=context.end, on=first_of_month(month, 1))


def _forget(company: Company) -> None:
    with connection.cursor() as cursor:
        mine = f"IN (SELECT id FROM billing_invoice WHERE company_id = {company.pk})"
        for table in ("billing_invoiceline", "billing_invoicemail"):
            cursor.execute(f"DELETE FROM {table} WHERE invoice_id {mine}")
        cursor.execute(f"DELETE FROM billing_invoice WHERE company_id = {company.pk}")
    InvoiceSequence.objects.filter(company=company).delete()
    if connection.vendor == "postgresql":  # nobody deletes invoices in life: no run meets the dead rows of another
        with connection.cursor() as cursor:
            cursor.execute("VACUUM billing_invoice, billing_invoiceline, billing_invoicemail, billing_invoicesequence")


def _agree(company: Company, bare: list[tuple[Any, ...]]) -> None:
    """To a cent an invoice: the statement does without the edges of local days."""
    found = sum(Decimal(str(subtotal)) for _, _, subtotal, _ in bare)
    issued = sum(Invoice.objects.filter(company=company).values_list("subtotal", flat=True))
    if abs(found - issued) > Decimal("0.01") * len(bare):
        raise RuntimeError(f"The yardstick ({found}) and we ({issued}) do not agree, so its time says nothing.")

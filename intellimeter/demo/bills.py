"""The demo's invoices of the past: issued on their days, mailed, and paid in time, late or not at all."""

from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from accounts.audit import update_rows
from billing.due import ISSUED_FROM, local_date
from billing.enums import MailStatus
from billing.issuing import issue_property
from billing.models import Invoice, InvoiceMail
from billing.periods import billing_days
from billing.services import mark_paid
from intellimeter.common.local_time import zone_of
from metering.models import Property

MAILED_AFTER = timedelta(minutes=3)
PAID_IN_TIME, PAID_AT_ALL = 0.82, 0.94


def days_to_bill(property: Property, day_of_month: int, *, since: date, now: datetime) -> list[datetime]:
    """When the property's invoices that are still missing were due to be issued, oldest first.

    The first billing day since the reads began is left out: they do not cover the whole of its period.
    """
    zone = zone_of(property.timezone)
    billed = set(Invoice.objects.filter(property=property).order_by().values_list("period_end", flat=True).distinct())
    days = list(billing_days(day_of_month, since, local_date(now, zone)))[1:]
    instants = [datetime.combine(day, ISSUED_FROM, tzinfo=zone) for day in days if day not in billed]
    return [instant for instant in instants if instant <= now]


@transaction.atomic
def bill_past_day(*, property: Property, at: datetime, now: datetime, mailed: bool) -> int:
    """Issue the property's invoices of the local day of `at`, as if it were then; how many.

    `mailed` marks their messages as sent at the time: mail of months ago would flood whoever opens the outbox. Others are
    left to the worker, which sends them as it sends any.
    """
    invoices = issue_property(property=property, now=at, on=local_date(at, zone_of(property.timezone)))
    if mailed:
        _mark_mailed(invoices, at + MAILED_AFTER)
    for invoice in invoices:
        paid = _paid_at(invoice, at)
        if paid is not None and paid <= now:
            mark_paid(invoice=invoice, now=paid)
    return len(invoices)


def _mark_mailed(invoices: list[Invoice], at: datetime) -> None:
    mails = InvoiceMail.objects.filter(invoice__in=[invoice.pk for invoice in invoices])
    mails.update(status=MailStatus.SENT, attempts=1, sent=at)
    update_rows(Invoice.objects.filter(pk__in=mails.values("invoice")), email_sent=at)


def _paid_at(invoice: Invoice, issued: datetime) -> datetime | None:
    """When the tenant pays: most within two weeks, some after it is due, a few never."""
    chance = Random(f"{invoice.property_name} {invoice.suite_name} {invoice.period_end}")  # noqa: S311 - no secret
    kind = chance.random()
    if kind < PAID_IN_TIME:
        return issued + timedelta(days=chance.uniform(1, 14))
    if kind < PAID_AT_ALL:
        return issued + (invoice.due - invoice.period_end) + timedelta(days=chance.uniform(2, 20))
    return None

"""What billing looks up across properties."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from billing.due import ISSUED_FROM, local_date
from billing.models import Invoice, InvoiceMail, Service
from billing.periods import billing_day, first_of_month
from intellimeter.common.local_time import day_start, zone_of

DAYS_OF_MONTH = range(1, 32)


def properties_to_bill(*, now: datetime) -> list[int]:
    """The properties with an active service that has a billing day behind it which beat has not seen to.

    One query for each zone in use. Whether meters are still waited for is judged property by property, when it issues.
    """
    services = Service.objects.filter(active=True).order_by()
    zones = services.values_list("property__timezone", flat=True).distinct()
    found = {
        property_id
        for name in list(zones)
        for property_id in services.filter(_unsettled(now, zone_of(name)), property__timezone=name)
        .values_list("property_id", flat=True)
        .distinct()
    }
    return sorted(found)


def _unsettled(now: datetime, zone: ZoneInfo) -> Q:
    """Services whose latest billing day in the zone came after they were made active and is not settled."""
    local = now.astimezone(zone)
    today = local_date(now, zone) - (timedelta(days=1) if local.time() < ISSUED_FROM else timedelta(0))
    wanted = Q()
    for day_of_month in DAYS_OF_MONTH:
        day = _latest_billing_day(day_of_month, today)
        wanted |= Q(day_of_month=day_of_month, active_since__lt=day_start(day + timedelta(days=1), zone)) & (
            Q(settled_until=None) | Q(settled_until__lt=day)
        )
    return wanted


def _latest_billing_day(day_of_month: int, today: date) -> date:
    day = billing_day(today, day_of_month)
    return day if day <= today else billing_day(first_of_month(today, -1), day_of_month)


def unmailed_ids(invoice_ids: list[int]) -> list[int]:
    """Those of the invoices that have not been mailed to all of their tenants."""
    return list(Invoice.objects.filter(pk__in=invoice_ids, email_sent=None).order_by("pk").values_list("pk", flat=True))


def waiting_mail_ids(invoice_ids: list[int]) -> list[int]:
    """The messages of these invoices that no server has taken yet."""
    rows = InvoiceMail.objects.filter(invoice__in=invoice_ids, sent=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))

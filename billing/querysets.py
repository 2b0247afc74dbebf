"""The scoped queryset of invoices."""

from typing import TYPE_CHECKING, Self

from django.db.models import F, Q
from django.db.models.functions import TruncDate

from intellimeter.common.tenancy import TenantQuerySet
from metering.querysets import OfPropertyQuerySet

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from accounts.models import User
    from billing.models import Invoice, InvoiceBundle  # noqa: F401 - named in annotations


def late_by(now: "datetime", zone: "ZoneInfo") -> Q:
    """Unpaid past the day it is due, or paid after it, by the calendar of the zone (decisions, section 8)."""
    today = now.astimezone(zone).date()
    return Q(paid=None, due__lt=today) | Q(paid__isnull=False, due__lt=TruncDate(F("paid"), tzinfo=zone))


class InvoiceQuerySet(OfPropertyQuerySet["Invoice"]):
    def late(self, now: "datetime", zone: "ZoneInfo") -> Self:
        """The late ones of properties of the zone."""
        return self.filter(late_by(now, zone))


class BundleQuerySet(TenantQuerySet["InvoiceBundle"]):
    """Zip files are their user's own."""

    def _of(self, user: "User") -> Self:
        return self.filter(user=user)

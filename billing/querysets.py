"""The scoped queryset of invoices."""

from typing import TYPE_CHECKING, Self

from django.db.models import F, Q
from django.db.models.functions import TruncDate

from metering.querysets import OfPropertyQuerySet

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from billing.models import Invoice  # noqa: F401 - named in annotations


def late_by(now: "datetime", zone: "ZoneInfo") -> Q:
    """Unpaid past the day it is due, or paid after it, by the calendar of the zone (decisions, section 8)."""
    today = now.astimezone(zone).date()
    return Q(paid=None, due__lt=today) | Q(paid__isnull=False, due__lt=TruncDate(F("paid"), tzinfo=zone))


class InvoiceQuerySet(OfPropertyQuerySet["Invoice"]):
    def late(self, now: "datetime", zone: "ZoneInfo") -> Self:
        """The late ones of properties of the zone."""
        return self.filter(late_by(now, zone))

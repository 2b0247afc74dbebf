"""The scoped queryset of invoices."""

from typing import TYPE_CHECKING, Self

from django.db.models import F, Q
from django.db.models.functions import TruncDate

from metering.querysets import OfPropertyQuerySet

if TYPE_CHECKING:
    from datetime import date

    from billing.models import Invoice  # noqa: F401 - named in annotations


class InvoiceQuerySet(OfPropertyQuerySet["Invoice"]):
    def late(self, today: "date") -> Self:
        """Unpaid past the day it is due, or paid after it (decisions, section 8)."""
        return self.filter(Q(paid=None, due__lt=today) | Q(paid__isnull=False, due__lt=TruncDate(F("paid"))))

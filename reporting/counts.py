"""How a company stands: its invoices, and what its properties used this month (reference, Reports, Counts)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q

from accounts.models import User
from billing.models import Invoice
from billing.querysets import late_by
from intellimeter.common.local_time import zone_of
from metering.enums import Utility
from metering.models import Property
from metering.portal_selectors import added_up, use_this_month


@dataclass(frozen=True, slots=True)
class InvoiceCounts:
    """`late` are those unpaid past the day they are due, and those paid after it."""

    total: int
    paid: int
    late: int

    @property
    def unpaid(self) -> int:
        return self.total - self.paid

    @property
    def on_time(self) -> int:
        return self.total - self.late

    def percent(self, part: int) -> float:
        """Of all invoices; 0 where there is none."""
        return 100 * part / self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the properties that a user may see; `monthly_use` is each property's own calendar month so far."""

    invoices: InvoiceCounts
    monthly_use: dict[Utility, Decimal]


def counts_of(user: User, now: datetime) -> Counts:
    """Five queries, however many properties and invoices."""
    properties = list(Property.objects.visible_to(user))
    used = added_up(use_this_month(properties, now).values())
    return Counts(_invoice_counts(user, {one.timezone for one in properties}, now), used)


def _invoice_counts(user: User, zones: Iterable[str], now: datetime) -> InvoiceCounts:
    late = Q(pk__in=[])
    for name in sorted(zones):
        late |= Q(property__timezone=name) & late_by(now, zone_of(name))
    invoices = Invoice.objects.visible_to(user).order_by()
    found = invoices.aggregate(total=Count("pk"), paid=Count("pk", filter=Q(paid__isnull=False)))
    return InvoiceCounts(total=found["total"], paid=found["paid"], late=invoices.filter(late).count())

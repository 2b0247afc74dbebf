"""What the portal's pages show of tenants, services and invoices. Rows come from what the user may see."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, Max, Min, Prefetch, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from billing.models import Invoice, InvoiceLine, InvoiceMail, Service, Tenant
from intellimeter.common.local_time import zone_of
from intellimeter.common.money import round_to_cent
from metering.models import MeterSuite, Property, Suite

RECENT_INVOICES = 10

PAID, UNPAID, LATE = "paid", "unpaid", "late"
STATES = [(UNPAID, _("Unpaid")), (LATE, _("Late")), (PAID, _("Paid"))]


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What is still owed: all unpaid invoices in dollars, and those among them past their due date."""

    unpaid: int = 0
    unpaid_total: Decimal = Decimal("0.00")
    late: int = 0
    late_total: Decimal = Decimal("0.00")

    def __add__(self, other: "Outstanding") -> "Outstanding":
        return Outstanding(
            self.unpaid + other.unpaid,
            self.unpaid_total + other.unpaid_total,
            self.late + other.late,
            self.late_total + other.late_total,
        )


@dataclass(frozen=True, slots=True)
class Totals:
    """Of a list of invoices: how many, what they come to, and what of it is still owed, in dollars."""

    count: int
    billed: Decimal
    unpaid: Decimal


def late(user: User, now: datetime) -> Q:
    """Invoices still unpaid after their due date, by the calendar of their property; looks up the user's zones."""
    zones: dict[date, list[str]] = {}
    for name in Property.objects.visible_to(user).order_by().values_list("timezone", flat=True).distinct():
        zones.setdefault(now.astimezone(zone_of(name)).date(), []).append(name)
    past_due = Q(pk__in=[])
    for today, names in zones.items():
        past_due |= Q(property__timezone__in=names, due__lt=today)
    return Q(paid=None) & past_due


def outstanding_by_property(user: User, now: datetime) -> dict[int, Outstanding]:
    """What the tenants of each of the user's properties still owe, by primary key; those that owe nothing left out."""
    is_late = late(user, now)
    rows = Invoice.objects.visible_to(user).filter(paid=None).order_by().values("property_id")
    sums = rows.annotate(
        unpaid=Count("pk"),
        unpaid_total=Sum("total"),
        late=Count("pk", filter=is_late),
        late_total=Sum("total", filter=is_late),
    )
    return {row.pop("property_id"): _outstanding(row) for row in sums}


def invoices_with_state(user: User, now: datetime) -> QuerySet[Invoice]:
    """The user's invoices, each with `state`: paid, late (unpaid past its due date) or unpaid (not due yet)."""
    state = Case(
        When(paid__isnull=False, then=Value(PAID)),
        When(late(user, now), then=Value(LATE)),
        default=Value(UNPAID),
        output_field=CharField(),
    )
    return Invoice.objects.visible_to(user).annotate(state=state)


def in_state(rows: QuerySet[Invoice], state: str) -> QuerySet[Invoice]:
    """Unpaid ones include the late ones."""
    return rows.filter(paid=None) if state == UNPAID else rows.filter(state=state)


def billed_months(user: User) -> list[date]:
    """First days of the months in which a billed period of the user's invoices may have ended, newest first."""
    ends = Invoice.objects.visible_to(user).order_by().aggregate(first=Min("period_end"), last=Max("period_end"))
    if ends["first"] is None:
        return []
    first, month = (_month_of(ends[name]) for name in ("first", "last"))
    months = [month]
    while month > first:
        month = (month - timedelta(days=1)).replace(day=1)
        months.append(month)
    return months


def ended_in_month(month: date) -> Q:
    """Periods whose last day lies in the month (of which the first day is given)."""
    next_month = (month + timedelta(days=31)).replace(day=1)
    return Q(period_end__gt=month, period_end__lte=next_month)


def totals_of(rows: QuerySet[Invoice]) -> Totals:
    """Added up over all of the invoices; one query."""
    sums = rows.order_by().aggregate(count=Count("pk"), billed=Sum("total"), unpaid=Sum("total", filter=Q(paid=None)))
    return Totals(sums["count"], _dollars(sums["billed"]), _dollars(sums["unpaid"]))


def invoice_details(user: User, now: datetime) -> QuerySet[Invoice]:
    """The user's invoices with their lines and messages at hand."""
    return (
        invoices_with_state(user, now)
        .select_related("property", "service")
        .prefetch_related(
            Prefetch("lines", InvoiceLine.objects.order_by("position")),
            Prefetch("mails", InvoiceMail.objects.order_by("name", "email")),
        )
    )


def suites_with_tenants(property: Property) -> QuerySet[Suite]:
    """The property's suites with their tenants and, as `current`, the assignments of the meters that serve them now."""
    serving = MeterSuite.objects.filter(end=None).select_related("meter").order_by("meter__name")
    return Suite.objects.filter(property=property).prefetch_related(
        "tenants", Prefetch("assignments", serving, to_attr="current")
    )


def services_of(property: Property) -> QuerySet[Service]:
    """The property's services, the active ones first."""
    return Service.objects.filter(property=property).select_related("suite").order_by("-active", "name", "pk")


def tenants(user: User) -> QuerySet[Tenant]:
    """The user's tenants with their property and suites."""
    return Tenant.objects.visible_to(user).select_related("property").prefetch_related("suites")


def tenants_by_property(user: User) -> dict[int, int]:
    """How many tenants each property has, by primary key."""
    rows = Tenant.objects.visible_to(user).order_by().values("property_id").annotate(rows=Count("pk"))
    return {row["property_id"]: row["rows"] for row in rows}


def _outstanding(row: dict[str, Any]) -> Outstanding:
    return Outstanding(row["unpaid"], _dollars(row["unpaid_total"]), row["late"], _dollars(row["late_total"]))


def _dollars(amount: Decimal | None) -> Decimal:
    return round_to_cent(amount or Decimal(0))


def _month_of(period_end: date) -> date:
    return (period_end - timedelta(days=1)).replace(day=1)

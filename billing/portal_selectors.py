"""What the portal's pages show of tenants, services and invoices. Rows come from what the user may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Case, CharField, Count, Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from billing.enums import MailStatus
from billing.models import Invoice, InvoiceLine, InvoiceMail, Service, Tenant, TenantSuite
from intellimeter.common.local_time import zone_of
from intellimeter.common.money import round_to_cent
from metering.models import MeterSuite, Property, Suite

RECENT_INVOICES = 10
LONGEST_NUMBER = 19  # digits at which a number no longer fits its column

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


def zones_of(user: User) -> list[str]:
    """The time zones of the user's properties."""
    return list(Property.objects.visible_to(user).order_by().values_list("timezone", flat=True).distinct())


def late(zones: Iterable[str], now: datetime) -> Q:
    """Invoices still unpaid after their due date, by the calendar of their property, which has one of the zones."""
    by_today: dict[date, set[str]] = {}
    for name in zones:
        by_today.setdefault(now.astimezone(zone_of(name)).date(), set()).add(name)
    past_due = Q(pk__in=[])
    for today, names in by_today.items():
        past_due |= Q(property__timezone__in=names, due__lt=today)
    return Q(paid=None) & past_due


def outstanding_by_property(user: User, is_late: Q) -> dict[int, Outstanding]:
    """What the tenants of each of the user's properties still owe, by primary key; those that owe nothing left out.

    `is_late` is `late()` of the properties' zones, here and below.
    """
    rows = Invoice.objects.visible_to(user).filter(paid=None).order_by().values("property_id")
    sums = rows.annotate(
        unpaid=Count("pk"),
        unpaid_total=Sum("total"),
        late=Count("pk", filter=is_late),
        late_total=Sum("total", filter=is_late),
    )
    return {
        row["property_id"]: Outstanding(
            row["unpaid"], _dollars(row["unpaid_total"]), row["late"], _dollars(row["late_total"])
        )
        for row in sums
    }


def invoices_with_state(user: User, is_late: Q) -> QuerySet[Invoice]:
    """The user's invoices. `state` is paid, late (unpaid past its due date) or unpaid (not due yet); `mail_failing`
    whether a message of it was refused and will be tried again."""
    state = Case(
        When(paid__isnull=False, then=Value(PAID)),
        When(is_late, then=Value(LATE)),
        default=Value(UNPAID),
        output_field=CharField(),
    )
    failing = InvoiceMail.objects.filter(invoice=OuterRef("pk")).exclude(status=MailStatus.SENT).exclude(last_error="")
    return Invoice.objects.visible_to(user).annotate(state=state, mail_failing=Exists(failing))


def unsent(rows: QuerySet[Invoice]) -> QuerySet[Invoice]:
    """Those of which a message has not been taken by the mail server yet."""
    waiting = InvoiceMail.objects.filter(invoice=OuterRef("pk")).exclude(status=MailStatus.SENT)
    return rows.filter(Exists(waiting))


def unsent_count(user: User) -> int:
    """How many of the user's invoices wait to be mailed."""
    waiting = InvoiceMail.objects.exclude(status=MailStatus.SENT).filter(invoice__in=Invoice.objects.visible_to(user))
    return waiting.order_by().values("invoice").distinct().count()


def in_state(rows: QuerySet[Invoice], state: str) -> QuerySet[Invoice]:
    """Unpaid ones include the late ones."""
    return rows.filter(paid=None) if state == UNPAID else rows.filter(Q(state=state))


def invoices_mentioning(rows: QuerySet[Invoice], words: str) -> QuerySet[Invoice]:
    """Those with this number, or with every word in their suite, service or a recipient; `#12` and `12` are a number."""
    digits = words.strip().removeprefix("#")
    is_number = digits.isascii() and digits.isdigit() and len(digits) < LONGEST_NUMBER
    by_words = Q()
    for word in words.split():
        recipient = InvoiceMail.objects.filter(
            Q(email__icontains=word) | Q(name__icontains=word), invoice=OuterRef("pk")
        )
        by_words &= Q(suite_name__icontains=word) | Q(service_name__icontains=word) | Q(Exists(recipient))
    return rows.filter(by_words | Q(number=int(digits))) if is_number else rows.filter(by_words)


def tenants_mentioning(rows: QuerySet[Tenant], words: str) -> QuerySet[Tenant]:
    """Those with every word in their name, email, phone or a suite of theirs."""
    for word in words.split():
        in_suite = TenantSuite.objects.filter(tenant=OuterRef("pk"), suite__name__icontains=word)
        rows = rows.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
            | Q(phone__icontains=word)
            | Exists(in_suite)
        )
    return rows


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


def invoice_details(user: User, is_late: Q) -> QuerySet[Invoice]:
    """The user's invoices with their lines and messages at hand."""
    return (
        invoices_with_state(user, is_late)
        .select_related("property", "service")
        .prefetch_related(
            Prefetch("lines", InvoiceLine.objects.order_by("position")),
            Prefetch("mails", InvoiceMail.objects.order_by("name", "email")),
        )
    )


def suites_with_tenants(property: Property) -> QuerySet[Suite]:
    """The property's suites, as `with_tenants` has them."""
    return with_tenants(Suite.objects.filter(property=property))


def with_tenants(suites: QuerySet[Suite]) -> QuerySet[Suite]:
    """The suites with their tenants and, as `current`, the assignments of the meters that serve them now."""
    serving = MeterSuite.objects.filter(end=None).select_related("meter").order_by("meter__name")
    return suites.prefetch_related("tenants", Prefetch("assignments", serving, to_attr="current"))


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


def _dollars(amount: Decimal | None) -> Decimal:
    return round_to_cent(amount or Decimal(0))


def _month_of(period_end: date) -> date:
    return (period_end - timedelta(days=1)).replace(day=1)

"""Which services are to be billed now, and for which period (decisions, section 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from billing.enums import InvoiceType
from billing.models import Invoice, Service
from billing.periods import Period, billing_day, billing_days, unbilled_period
from intellimeter.common.local_time import day_start, zone_of
from metering.consumption import counted_meters
from metering.consumption.suites import assignments_within
from metering.models import LatestRead, Meter, Property

ISSUED_FROM = time(6)
LONGEST_WAIT = timedelta(hours=24)
LONGEST_PERIOD = timedelta(days=31)


class Billed(NamedTuple):
    """What issuing needs to know of a service and its suite; objects of both would take most of its time."""

    pk: int
    public_id: str
    name: str
    address: str
    invoice_type: str
    day_of_month: int
    active_since: datetime
    settled_until: date | None
    suite_id: int
    suite_name: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A service that is to be billed for a period."""

    service: Billed
    period: Period


def billed_services(services: QuerySet[Service]) -> list[Billed]:
    """The services, in their order."""
    columns = [name.replace("suite_name", "suite__name") for name in Billed._fields]
    return [Billed(*row) for row in services.values_list(*columns)]


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The date on a calendar in the zone at the instant."""
    return instant.astimezone(zone).date()


def billed_periods(property: Property, after: date) -> dict[int, list[Period]]:
    """By service of the property: the periods billed already that end after the day."""
    found: dict[int, list[Period]] = {}
    rows = Invoice.objects.filter(property=property, period_end__gt=after)
    for service, start, end in rows.order_by().values_list("service_id", "period_start", "period_end"):
        found.setdefault(service, []).append(Period(start, end))
    return found


def claims_for(days: Sequence[tuple[Billed, date]], *, property: Property, now: datetime) -> list[Claim]:
    """What is unbilled on these billing days of the property's services, oldest first; nothing that is not yet over."""
    zone = zone_of(property.timezone)
    over = sorted(((service, day) for service, day in days if day_start(day, zone) <= now), key=lambda pair: pair[1])
    if not over:
        return []
    billed = billed_periods(property, over[0][1] - LONGEST_PERIOD)
    claims = []
    for service, day in over:
        known = billed.setdefault(service.pk, [])
        if period := unbilled_period(day, service.day_of_month, known):
            known.append(period)
            claims.append(Claim(service, period))
    return claims


def days_to_bill(service: Billed, *, today: date, on: date | None, zone: ZoneInfo) -> list[date]:
    """The billing days up to today that beat has not seen to, back to the service's creation, and `on` if it is one."""
    first = local_date(service.active_since, zone)
    if service.settled_until is not None:
        first = max(first, service.settled_until + timedelta(days=1))
    days = list(billing_days(service.day_of_month, first, today))
    if on is not None and on not in days and on == billing_day(on, service.day_of_month):
        days.append(on)
    return days


def ready_claims(claims: Sequence[Claim], *, property: Property, zone: ZoneInfo, now: datetime) -> list[Claim]:
    """Those that need not wait: from 06:00 local on the billing day, once every meter concerned has a read at or after
    the period's end, at the latest 24 hours after it."""
    open_claims = [claim for claim in claims if _opens(claim, zone) <= now]
    pressing = [claim for claim in open_claims if day_start(claim.period.end, zone) + LONGEST_WAIT > now]
    if not pressing:
        return open_claims
    unread = _unread_meters(pressing, property=property, zone=zone)
    return [claim for claim in open_claims if not unread.get((claim.service.pk, claim.period))]


def _opens(claim: Claim, zone: ZoneInfo) -> datetime:
    return datetime.combine(claim.period.end, ISSUED_FROM, tzinfo=zone)


def _unread_meters(
    claims: Sequence[Claim], *, property: Property, zone: ZoneInfo
) -> dict[tuple[int, Period], set[int]]:
    """The meters concerned by each claim that have no read at or after the period's end."""
    latest = dict(LatestRead.objects.filter(meter__property=property).values_list("meter_id", "time"))
    counted = {meter.pk for meter in counted_meters(Meter.objects.filter(property=property))}
    found = {}
    for period in {claim.period for claim in claims}:
        start, end = period.instants(zone)
        behind = {meter for meter, read in latest.items() if read is None or read < end}
        served: dict[int, set[int]] = {}
        for suite, meter in assignments_within(property, start, end).values_list("suite_id", "meter_id"):
            served.setdefault(suite, set()).add(meter)
        for claim in claims:
            if claim.period == period:
                found[claim.service.pk, period] = behind & _concerned(claim.service, counted, served)
    return found


def _concerned(service: Billed, counted: set[int], served: dict[int, set[int]]) -> set[int]:
    if service.invoice_type == InvoiceType.FLAT:
        return set()
    if service.invoice_type == InvoiceType.SPLIT:
        return counted.union(*served.values())
    return served.get(service.suite_id, set())

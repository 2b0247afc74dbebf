"""Issuing invoices: one per service and period, whatever runs twice, crashes or races (decisions, section 7; ADR 6)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from billing.drafts import Draft, draft_invoices
from billing.due import Claim, billed_periods, claims_for, days_to_bill, local_date, ready_claims
from billing.models import Invoice, InvoiceLine, InvoiceMail, InvoiceSequence, Service
from billing.numbering import lock_sequence, take_numbers
from billing.periods import billing_day_of, first_of_month
from billing.storing import insert_objects, insert_values
from intellimeter.common.errors import Conflict
from intellimeter.common.local_time import zone_of
from intellimeter.common.public_ids import new_public_ids
from metering.models import Property

FOLLOW_UP_BATCH = 500


@transaction.atomic
def issue_property(
    *, property: Property, now: datetime, on: date | None = None, wait_for_reads: bool = False
) -> list[Invoice]:
    """Issue what is due at the property: every billing day that was missed, back to each service's creation.

    `on` takes that day for today, and bills the periods that end with it also for services created later; nothing that
    is not over by `now` is billed in any case. With `wait_for_reads`, as beat issues: from 06:00 local, and only once
    the meters concerned were read at the period's end, or 24 hours after it.
    """
    zone = zone_of(property.timezone)
    today = on or local_date(now, zone)
    services = Service.objects.filter(property=property, active=True).select_related("suite")
    days = [(service, day) for service in services for day in days_to_bill(service, today=today, on=on, zone=zone)]
    claims = claims_for(days, property=property, now=now)
    ready = ready_claims(claims, property=property, zone=zone, now=now) if wait_for_reads else claims
    invoices = _issue(ready, property=property, now=now)
    if on is None:
        _settle(days, claims, invoices)
    return invoices


@transaction.atomic
def issue_month(*, property: Property, month: date, now: datetime, service: Service | None = None) -> list[Invoice]:
    """The invoices of the periods whose last day lies in the month, of all services or one; missing ones are issued.

    Periods that are not over yet are left out. Conflict if the one service is inactive and has no invoice there.
    """
    chosen = Service.objects.filter(property=property).select_related("suite")
    if service is not None:
        chosen = chosen.filter(pk=service.pk)
    days = [(one, billing_day_of(month, one.day_of_month)) for one in chosen if one.active]
    issued = _issue(claims_for(days, property=property, now=now), property=property, now=now)
    found = Invoice.objects.filter(
        service__in=chosen, period_end__gt=first_of_month(month), period_end__lte=first_of_month(month, 1)
    )
    there = found.exclude(pk__in=[invoice.pk for invoice in issued]).select_related("property", "suite", "service")
    if service is not None and not service.active and not there:
        raise Conflict(f"The service {service.name!r} is inactive: make it active to generate its invoices.")
    return sorted([*there, *issued], key=lambda invoice: invoice.number)


def _issue(claims: Sequence[Claim], *, property: Property, now: datetime) -> list[Invoice]:
    if not claims:
        return []
    drafts = draft_invoices(claims, property=property, now=now)
    sequence = lock_sequence(property.company_id)
    return _store(_still_unbilled(drafts, property), sequence)


def _still_unbilled(drafts: list[Draft], property: Property) -> list[Draft]:
    """Without those that somebody else billed while these were reckoned; the sequence's lock keeps it so."""
    billed = billed_periods(property, min(draft.claim.period.start for draft in drafts))
    return [
        draft
        for draft in drafts
        if all(
            period.end <= draft.claim.period.start or draft.claim.period.end <= period.start
            for period in billed.get(draft.claim.service.pk, ())
        )
    ]


def _store(drafts: list[Draft], sequence: InvoiceSequence) -> list[Invoice]:
    if not drafts:
        return []
    numbers = take_numbers(sequence, len(drafts))
    for draft, number, public_id in zip(drafts, numbers, new_public_ids(Invoice, len(drafts)), strict=True):
        draft.invoice.number = number
        draft.invoice.public_id = public_id
        draft.invoice.filename = f"invoice-{number}-{public_id}.odt"
    invoices = [draft.invoice for draft in drafts]
    insert_objects(invoices)
    insert_values(InvoiceLine, [{**line, "invoice_id": draft.invoice.pk} for draft in drafts for line in draft.lines])
    insert_values(
        InvoiceMail,
        [
            {"invoice_id": invoice.pk, "email": recipient["email"], "name": recipient["name"]}
            for invoice in invoices
            for recipient in invoice.recipients
        ],
    )
    transaction.on_commit(lambda: _follow_up([invoice.pk for invoice in invoices]), robust=True)
    return invoices


def _follow_up(invoice_ids: list[int]) -> None:
    """Ring for documents and mail. A broker that does not answer takes nothing back: the sweep finds what is unsent."""
    from billing.tasks import deliver_invoices

    for first in range(0, len(invoice_ids), FOLLOW_UP_BATCH):
        deliver_invoices.delay(invoice_ids[first : first + FOLLOW_UP_BATCH])


def _settle(days: Sequence[tuple[Service, date]], claims: Sequence[Claim], invoices: Sequence[Invoice]) -> None:
    """Remember for each service the last billing day up to which nothing is left to issue."""
    issued = {(invoice.service_id, invoice.period_end) for invoice in invoices}
    pending: dict[int, date] = {}
    for claim in claims:
        if (claim.service.pk, claim.period.end) not in issued:
            pending.setdefault(claim.service.pk, claim.period.end)
    settled = {service.pk: day for service, day in days if service.pk not in pending or day < pending[service.pk]}
    # In the order of their keys, so that two who settle the same services cannot wait for each other.
    held = Service.objects.filter(pk__in=settled).order_by("pk").select_for_update(no_key=True)
    behind = [
        service for service in held if service.settled_until is None or service.settled_until < settled[service.pk]
    ]
    for day in {settled[service.pk] for service in behind}:
        mine = [service.pk for service in behind if settled[service.pk] == day]
        Service.objects.filter(pk__in=mine).update(settled_until=day)

"""Issuing invoices: one per service and period, whatever runs twice, crashes or races (decisions, section 7; ADR 6)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.audit import record_created
from billing.drafts import Draft, draft_invoices
from billing.due import (
    Billed,
    Claim,
    billed_periods,
    billed_services,
    claims_for,
    days_to_bill,
    local_date,
    ready_claims,
)
from billing.models import Invoice, InvoiceLine, InvoiceMail, Service
from billing.numbering import give_back, take_numbers
from billing.periods import billing_day_of, first_of_month
from intellimeter.common.errors import Conflict
from intellimeter.common.local_time import zone_of
from intellimeter.common.public_ids import new_public_ids
from intellimeter.common.storing import insert_objects, insert_rows
from metering.models import Property

FOLLOW_UP_BATCH = 500
# What the audit log says of the invoices that a property gets at one instant: of all alike, and of each.
OF_ALL = (
    *("due", "tax_rate", "company_name", "tax_number", "invoice_from", "property_name", "property_address", "timezone"),
)
OF_EACH = (
    *("number", "filename", "period_start", "period_end", "subtotal", "tax", "total", "recipients"),
    *("suite_name", "service_reference", "service_name", "service_address", "invoice_type"),
)


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
    services = billed_services(Service.objects.filter(property=property, active=True))
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
    chosen = Service.objects.filter(property=property)
    if service is not None:
        chosen = chosen.filter(pk=service.pk)
    days = [(one, billing_day_of(month, one.day_of_month)) for one in billed_services(chosen.filter(active=True))]
    issued = _issue(claims_for(days, property=property, now=now), property=property, now=now)
    found = Invoice.objects.filter(
        service__in=chosen, period_end__gt=first_of_month(month), period_end__lte=first_of_month(month, 1)
    )
    there = found.exclude(pk__in=[invoice.pk for invoice in issued]).select_related("property", "suite", "service")
    if service is not None and not service.active and not there:
        raise Conflict(f"The service {service.name!r} is inactive: make it active to generate its invoices.")
    return sorted([*there, *issued], key=lambda invoice: invoice.number)


def preview_month(*, property: Property, month: date, now: datetime) -> list[Draft]:
    """What `issue_month` would issue now, with every amount; nothing is stored and no number taken."""
    services = billed_services(Service.objects.filter(property=property, active=True))
    days = [(service, billing_day_of(month, service.day_of_month)) for service in services]
    claims = claims_for(days, property=property, now=now)
    return _still_unbilled(draft_invoices(claims, property=property, now=now), property) if claims else []


def _issue(claims: Sequence[Claim], *, property: Property, now: datetime) -> list[Invoice]:
    if not claims:
        return []
    drafts = draft_invoices(claims, property=property, now=now)
    numbers = take_numbers(property.company_id, len(drafts))
    left = _still_unbilled(drafts, property)
    if len(left) < len(drafts):
        give_back(property.company_id, len(drafts) - len(left))
    return _store(left, numbers[: len(left)])


def _still_unbilled(drafts: list[Draft], property: Property) -> list[Draft]:
    """Without those that somebody else billed while these were reckoned; once numbers are taken, it stays so."""
    billed = billed_periods(property, min(draft.claim.period.start for draft in drafts))
    return [
        draft
        for draft in drafts
        if all(
            period.end <= draft.claim.period.start or draft.claim.period.end <= period.start
            for period in billed.get(draft.claim.service.pk, ())
        )
    ]


def _store(drafts: list[Draft], numbers: Sequence[int]) -> list[Invoice]:
    if not drafts:
        return []
    for draft, number, public_id in zip(drafts, numbers, new_public_ids(Invoice, len(drafts)), strict=True):
        filename = f"invoice-{number}-{public_id}.odt"
        draft.invoice.update({"number": number, "public_id": public_id, "filename": filename})
    invoices = insert_objects(Invoice, [draft.invoice for draft in drafts])
    issued = list(zip(invoices, drafts, strict=True))
    insert_rows(InvoiceLine, [{**line, "invoice_id": invoice.pk} for invoice, draft in issued for line in draft.lines])
    insert_rows(
        InvoiceMail,
        [
            {"invoice_id": invoice.pk, "email": recipient["email"], "name": recipient["name"]}
            for invoice in invoices
            for recipient in invoice.recipients
        ],
    )
    _record(issued)
    if mailed := [invoice.pk for invoice in invoices if invoice.recipients]:
        transaction.on_commit(lambda: _follow_up(mailed), robust=True)
    return invoices


def _record(issued: Sequence[tuple[Invoice, Draft]]) -> None:
    """Into the audit log: all that the invoices say but the chart of past use, and their lines' amounts."""
    first = issued[0][1].invoice
    record_created(
        Invoice,
        ((invoice.pk, str(invoice), _told(draft)) for invoice, draft in issued),
        alike={name: first[name] for name in OF_ALL},
        company_id=first["company_id"],
    )


def _told(draft: Draft) -> dict[str, Any]:
    return {**{name: draft.invoice[name] for name in OF_EACH}, "lines": [_line_told(line) for line in draft.lines]}


def _line_told(line: dict[str, Any]) -> str:
    use = f" {line['quantity']} × {line['rate']} ¢" if "quantity" in line else ""
    return f"{line['description']}{use}: ${line['amount']}"


def _follow_up(invoice_ids: list[int]) -> None:
    """Ring for documents and mail. A broker that does not answer takes nothing back: the sweep finds what is unsent."""
    from billing.tasks import deliver_invoices

    for first in range(0, len(invoice_ids), FOLLOW_UP_BATCH):
        deliver_invoices.delay(invoice_ids[first : first + FOLLOW_UP_BATCH])


def _settle(days: Sequence[tuple[Billed, date]], claims: Sequence[Claim], invoices: Sequence[Invoice]) -> None:
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

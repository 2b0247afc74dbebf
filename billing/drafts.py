"""Invoices before they have a number: all that they copy, so that nothing that changes later changes them.

Everything is read for a whole property at once; the number of queries depends on the number of different periods alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from billing.due import Claim, local_date
from billing.enums import LineKind
from billing.figures import NO_METERS, PeriodFigures, basis, read_figures, read_usage
from billing.models import Constants, Fee, Invoice, TenantSuite
from billing.pricing import Bill, FeeCharge, add_up
from intellimeter.common.local_time import zone_of
from metering.enums import Utility
from metering.models import Property


@dataclass(frozen=True, slots=True)
class Draft:
    """An invoice that has no number yet, and the values of its lines."""

    claim: Claim
    invoice: Invoice
    lines: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the invoices that a property gets at one instant have in common."""

    property: Property
    zone: ZoneInfo
    constants: Constants
    fees: tuple[FeeCharge, ...]
    names: Mapping[str, str]
    due: date
    now: datetime


def draft_invoices(claims: Sequence[Claim], *, property: Property, now: datetime) -> list[Draft]:
    """The invoices that these claims come to, as of `now`, in the order of the claims."""
    terms = read_terms(property=property, now=now)
    recipients = read_recipients(property)
    periods = {claim.period for claim in claims}
    usage = read_usage(property=property, periods=periods)
    figures = {
        period: read_figures(
            property=property,
            period=period,
            zone=terms.zone,
            types={claim.service.invoice_type for claim in claims if claim.period == period},
            constants=terms.constants,
        )
        for period in periods
    }
    drafts = []
    for claim in claims:
        suite, last_day = claim.service.suite_id, claim.period.last_day
        found = figures[claim.period]
        bill = add_up(
            utilities=found.charges(claim.service.invoice_type, suite),
            fees=terms.fees,
            tax_rate=terms.constants.tax_rate,
        )
        invoice = _invoice(claim, bill, terms)
        invoice.recipients = recipients.get(suite, [])
        invoice.usage = usage[last_day].get(suite, usage[last_day][NO_METERS])
        drafts.append(Draft(claim, invoice, _lines(bill, found, suite, terms)))
    return drafts


def read_terms(*, property: Property, now: datetime) -> Terms:
    """The property's constants and active fees as they stand."""
    constants, _ = Constants.objects.get_or_create(property=property)
    fees = Fee.objects.filter(property=property, active=True).values_list("name", "value")
    zone = zone_of(property.timezone)
    return Terms(
        property=property,
        zone=zone,
        constants=constants,
        fees=tuple(FeeCharge(name, value) for name, value in fees),
        names={utility: str(utility.label) for utility in Utility},
        due=local_date(now, zone) + timedelta(days=constants.days_to_pay),
        now=now,
    )


def read_recipients(property: Property) -> dict[int, list[dict[str, str]]]:
    """By suite: the tenants bound to it; two with the same address for mail are one."""
    found: dict[int, dict[str, dict[str, str]]] = {}
    bindings = TenantSuite.objects.filter(suite__property=property).order_by("pk")
    named = bindings.values_list(
        "suite_id", "tenant__first_name", "tenant__last_name", "tenant__email", "tenant__address"
    )
    for suite, first_name, last_name, email, address in named:
        recipient = {"name": f"{first_name} {last_name}", "email": email, "address": address}
        found.setdefault(suite, {}).setdefault(email.lower(), recipient)
    return {suite: list(tenants.values()) for suite, tenants in found.items()}


def _invoice(claim: Claim, bill: Bill, terms: Terms) -> Invoice:
    service, property, company = claim.service, terms.property, terms.property.company
    return Invoice(
        company=company,
        property=property,
        suite=service.suite,
        service=service,
        service_reference=service.public_id,
        invoice_type=service.invoice_type,
        period_start=claim.period.start,
        period_end=claim.period.end,
        created=terms.now,
        due=terms.due,
        subtotal=bill.subtotal,
        tax_rate=bill.tax_rate,
        tax=bill.tax,
        total=bill.total,
        company_name=company.name,
        tax_number=company.tax_number,
        invoice_from=terms.constants.invoice_from,
        property_name=property.display_name,
        property_address=property.address,
        timezone=property.timezone,
        suite_name=service.suite.name,
        service_name=service.name,
        service_address=service.address,
    )


def _lines(bill: Bill, figures: PeriodFigures, suite: int, terms: Terms) -> list[dict[str, Any]]:
    meters = figures.meters.get(suite, [])
    rows: list[dict[str, Any]] = []
    for charge in bill.utilities:
        row = {
            "kind": LineKind.UTILITY,
            "description": terms.names[charge.utility],
            "utility": charge.utility,
            "quantity": charge.quantity,
            "rate": charge.rate,
            "amount": charge.amount,
            "basis": basis(meters, charge.utility, terms.zone),
        }
        if charge.split:
            row["total_quantity"] = charge.split.total_quantity
            row["total_amount"] = charge.split.total_amount
            row["share"] = charge.split.share
        rows.append(row)
    rows += [{"kind": LineKind.FEE, "description": fee.name, "amount": fee.amount} for fee in bill.fees]
    return [{"position": position, **row} for position, row in enumerate(rows, start=1)]

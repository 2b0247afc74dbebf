"""Invoices before they have a number: all that they copy, so that nothing that changes later changes them.

Everything is read for a whole property at once; the number of queries depends on the number of different periods alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from billing.due import Claim, local_date
from billing.enums import LineKind
from billing.figures import NO_METERS, PeriodFigures, basis, read_figures, read_served, read_usage
from billing.models import Constants, Fee, TenantSuite
from billing.pricing import Bill, FeeCharge, add_up
from intellimeter.common.local_time import zone_of
from metering.enums import Utility
from metering.models import Property


@dataclass(frozen=True, slots=True)
class Draft:
    """An invoice that has no number yet, and its lines, both as the values of their columns."""

    claim: Claim
    invoice: dict[str, Any]
    lines: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the invoices that a property gets at one instant have in common; `copied` goes onto each of them."""

    zone: ZoneInfo
    constants: Constants
    fees: tuple[FeeCharge, ...]
    names: Mapping[str, str]
    copied: Mapping[str, Any]


def draft_invoices(claims: Sequence[Claim], *, property: Property, now: datetime) -> list[Draft]:
    """The invoices that these claims come to, as of `now`, in the order of the claims."""
    terms = read_terms(property=property, now=now)
    recipients = read_recipients(property)
    periods = {claim.period for claim in claims}
    served = read_served(property=property, periods=periods, zone=terms.zone)
    usage = read_usage(property=property, periods=periods, served=served)
    figures = {
        period: read_figures(
            property=property,
            period=period,
            zone=terms.zone,
            types={claim.service.invoice_type for claim in claims if claim.period == period},
            constants=terms.constants,
            served=served,
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
        invoice = {
            **terms.copied,
            **_of_service(claim),
            "subtotal": bill.subtotal,
            "tax": bill.tax,
            "total": bill.total,
            "recipients": recipients.get(suite, []),
            "usage": usage[last_day].get(suite, usage[last_day][NO_METERS]),
        }
        drafts.append(Draft(claim, invoice, _lines(bill, found, suite, terms)))
    return drafts


def read_terms(*, property: Property, now: datetime) -> Terms:
    """The property's constants and active fees as they stand."""
    constants, _ = Constants.objects.get_or_create(property=property)
    fees = Fee.objects.filter(property=property, active=True).values_list("name", "value")
    zone = zone_of(property.timezone)
    return Terms(
        zone=zone,
        constants=constants,
        fees=tuple(FeeCharge(name, value) for name, value in fees),
        names={utility: str(utility.label) for utility in Utility},
        copied={
            "created": now,
            "due": local_date(now, zone) + timedelta(days=constants.days_to_pay),
            "tax_rate": constants.tax_rate,
            "invoice_from": constants.invoice_from,
            "company_id": property.company_id,
            "company_name": property.company.name,
            "tax_number": property.company.tax_number,
            "property_id": property.pk,
            "property_name": property.display_name,
            "property_address": property.address,
            "timezone": property.timezone,
        },
    )


def read_recipients(property: Property) -> dict[int, list[dict[str, str]]]:
    """By suite: the tenants bound to it; two with the same address for mail are one."""
    found: dict[int, dict[str, dict[str, str]]] = {}
    bindings = TenantSuite.objects.filter(tenant__property=property).order_by("pk")
    named = bindings.values_list(
        "suite_id", "tenant__first_name", "tenant__last_name", "tenant__email", "tenant__address"
    )
    for suite, first_name, last_name, email, address in named:
        recipient = {"name": f"{first_name} {last_name}", "email": email, "address": address}
        found.setdefault(suite, {}).setdefault(email.lower(), recipient)
    return {suite: list(tenants.values()) for suite, tenants in found.items()}


def _of_service(claim: Claim) -> dict[str, Any]:
    service = claim.service
    return {
        "suite_id": service.suite_id,
        "suite_name": service.suite_name,
        "service_id": service.pk,
        "service_reference": service.public_id,
        "service_name": service.name,
        "service_address": service.address,
        "invoice_type": service.invoice_type,
        "period_start": claim.period.start,
        "period_end": claim.period.end,
    }


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

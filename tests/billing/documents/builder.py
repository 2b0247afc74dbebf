"""Invoices as issuing writes them, with figures chosen for what a test tells about them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from accounts.models import Company
from billing.enums import InvoiceType, LineKind
from billing.models import Invoice, InvoiceLine, InvoiceMail
from metering.models import Property, Suite

MONTHS = [f"{2020 + (month + 2) // 12}-{(month + 2) % 12 + 1:02}" for month in range(13)]  # 2020-03 to 2021-03


def meter(**changed: Any) -> dict[str, Any]:
    """One item of a line's basis: a meter that served the suite through March 2021."""
    return {
        "name": "Suite 101 Electricity",
        "serial_number": "20-350-0001-MFX-1-Meter-01",
        "start": "2021-03-01T00:00:00",
        "end": "2021-04-01T00:00:00",
        "start_register": "24001.500000",
        "start_time": "2021-03-01T00:00:00",
        "end_register": "24310.845000",
        "end_time": "2021-04-01T00:00:00",
        "consumption": "309.345000",
        "reads": 744,
        "flagged": 0,
    } | changed


def metered_line(**changed: Any) -> InvoiceLine:
    """309.345 kWh at 13 cents, of one meter."""
    fields: dict[str, Any] = {
        "kind": LineKind.UTILITY,
        "description": "Electricity",
        "utility": "E",
        "quantity": Decimal("309.345"),
        "rate": Decimal(13),
        "amount": Decimal("40.21"),
        "basis": [meter()],
    }
    return InvoiceLine(**(fields | changed))


def split_line(**changed: Any) -> InvoiceLine:
    """A share of 41.945241% in the property's 95.875 kWh at 13 cents: the reference's own example."""
    basis = [meter(start_register="100.000000", end_register="140.215000", consumption="40.215000")]
    fields: dict[str, Any] = {
        "quantity": Decimal("40.215"),
        "amount": Decimal("5.23"),
        "total_quantity": Decimal("95.875"),
        "total_amount": Decimal("12.46"),
        "share": Decimal("0.419452411995"),
        "basis": basis,
    }
    return metered_line(**(fields | changed))


def fee_line(name: str = "Admin Fee", amount: str = "6.26") -> InvoiceLine:
    return InvoiceLine(kind=LineKind.FEE, description=name, amount=Decimal(amount))


def usage(*utilities: str) -> list[dict[str, Any]]:
    """13 months of use, different in each and for each utility."""
    return [
        {
            "month": month,
            "use": {utility: f"{(300 + 17 * at % 90) / (1 + 9 * rank):.6f}" for rank, utility in enumerate(utilities)},
        }
        for at, month in enumerate(MONTHS)
    ]


def build_invoice(*lines: InvoiceLine, tenants: int = 1, **changed: Any) -> Invoice:
    """A stored invoice of March 2021 with these lines (by default one metered line and one fee) and its mails."""
    company = Company.objects.create(name="Maple Property Management", tax_number="12345 6789 RT0001")
    home = Property.objects.create(company=company, job_number="1", job_name="Maple", display_name="Maple Tower")
    lines = lines or (metered_line(), fee_line())
    subtotal = sum((line.amount for line in lines), Decimal(0))
    tax = (subtotal * Decimal("0.13")).quantize(Decimal("0.01"))
    people = [
        {"name": f"{name} Smith", "email": f"{name.lower()}@example.com", "address": "101-123 Main St."}
        for name in ("John", "Anne", "Luc", "Mary")[:tenants]
    ]
    fields: dict[str, Any] = {
        "created": datetime(2021, 4, 1, 10, 0, 5, tzinfo=UTC),
        "service_reference": "0a1b2c3d",
        "number": 1042,
        "filename": f"invoice-1042-{company.public_id}.odt",
        "invoice_type": InvoiceType.CONSUMPTION,
        "period_start": date(2021, 3, 1),
        "period_end": date(2021, 4, 1),
        "due": date(2021, 5, 1),
        "subtotal": subtotal,
        "tax_rate": Decimal(13),
        "tax": tax,
        "total": subtotal + tax,
        "company_name": company.name,
        "tax_number": company.tax_number,
        "invoice_from": "Maple Property Management",
        "property_name": "Maple Tower",
        "property_address": "123 Main St., Toronto ON",
        "timezone": "America/Toronto",
        "suite_name": "Suite 101",
        "service_name": "Suite 101 hydro",
        "service_address": "101-123 Main St., Toronto ON",
        "recipients": people,
        "usage": usage("E"),
    }
    suite = Suite.objects.create(property=home, name="Suite 101")
    invoice = Invoice.objects.create(company=company, property=home, suite=suite, **(fields | changed))
    for position, line in enumerate(lines):
        line.invoice, line.position = invoice, position
    InvoiceLine.objects.bulk_create(lines)
    InvoiceMail.objects.bulk_create(
        InvoiceMail(invoice=invoice, email=person["email"], name=person["name"], next_attempt=invoice.created)
        for person in invoice.recipients
    )
    return invoice

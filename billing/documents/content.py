"""What an invoice's documents say, as text ready to print: from its snapshots alone, never from live rates or names.

The HTML, the ODT and the mail all read these fields; in an ODT they are the placeholders, `{{ total }}` or, in a row that
is repeated, `{{ line.amount }}` (decisions, section 7).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from billing.documents.notes import notes_of
from billing.enums import LineKind
from billing.models import Invoice, InvoiceLine
from intellimeter.common.documents import figures
from intellimeter.common.documents.charts import Bar
from intellimeter.common.local_time import zone_of
from metering.enums import Utility

NOBODY = "The tenant"  # of a suite to which no tenant was bound


@dataclass(frozen=True, slots=True)
class LineText:
    """One charge: what it is for, how it is reckoned (one step a line), and its amount."""

    description: str
    calculation: str
    quantity: str
    rate: str
    amount: str


@dataclass(frozen=True, slots=True)
class MeterText:
    """One meter's registers at both ends, when each was read, and what went through between them."""

    utility: str
    name: str
    serial_number: str
    start_time: str
    start_register: str
    end_time: str
    end_register: str
    consumption: str
    unit: str


@dataclass(frozen=True, slots=True)
class UseChart:
    """A utility's use by month, oldest first; the last bar is the month billed."""

    title: str
    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class InvoiceContent:
    """All that an invoice says. `sender` signs it; `tenants` and `notes` have one item a line; what is not known is empty."""

    number: str
    issued: str
    due: str
    period: str
    period_start: str
    period_end: str
    company: str
    sender: str
    tax_number: str
    property: str
    property_address: str
    tenants: str
    suite: str
    service: str
    service_address: str
    subtotal: str
    tax_rate: str
    tax: str
    total: str
    notes: str
    lines: tuple[LineText, ...]
    meters: tuple[MeterText, ...]
    usage: tuple[UseChart, ...]


def content_of(invoice: Invoice) -> InvoiceContent:
    """What the invoice's documents say. Two queries at most: the invoice's lines, if they are not fetched yet."""
    lines = list(invoice.lines.all())
    last_day = invoice.period_end - timedelta(days=1)
    return InvoiceContent(
        number=str(invoice.number),
        issued=figures.day(invoice.created.astimezone(zone_of(invoice.timezone)).date()),
        due=figures.day(invoice.due),
        period=figures.days(invoice.period_start, last_day),
        period_start=figures.day(invoice.period_start),
        period_end=figures.day(last_day),
        company=invoice.company_name,
        sender=invoice.invoice_from or invoice.company_name,
        tax_number=invoice.tax_number,
        property=invoice.property_name,
        property_address=invoice.property_address,
        tenants="\n".join(recipient["name"] for recipient in invoice.recipients) or NOBODY,
        suite=invoice.suite_name,
        service=invoice.service_name,
        service_address=invoice.service_address,
        subtotal=figures.money(invoice.subtotal),
        tax_rate=figures.percent(invoice.tax_rate),
        tax=figures.money(invoice.tax),
        total=figures.money(invoice.total),
        notes="\n".join(notes_of(invoice, lines)),
        lines=tuple(_line(line) for line in lines),
        meters=tuple(meter for line in lines for meter in _meters(line)),
        usage=tuple(_usage(invoice.usage)),
    )


def _line(line: InvoiceLine) -> LineText:
    unit = Utility(line.utility).unit_label if line.utility else ""
    return LineText(
        description=line.description,
        calculation="\n".join(_calculation(line, unit)),
        quantity=f"{figures.quantity(line.quantity)} {unit}" if line.quantity is not None else "",
        rate=figures.rate(line.rate, unit) if line.rate is not None else "",
        amount=figures.money(line.amount),
    )


def _calculation(line: InvoiceLine, unit: str) -> Iterable[str]:
    """The steps by which a tenant comes to the line's amount."""
    if line.kind == LineKind.FEE or line.quantity is None or line.rate is None:
        yield "Flat fee"
        return
    own = f"{figures.quantity(line.quantity)} {unit}"
    rate = figures.rate(line.rate, unit)
    if line.total_quantity is None or line.total_amount is None or line.share is None:
        yield f"{own} × {rate}"
        return
    whole = f"{figures.quantity(line.total_quantity)} {unit}"
    part = figures.share(line.share, line.total_amount)
    yield f"Whole property: {whole} × {rate} = {figures.money(line.total_amount)}"
    if line.quantity:
        yield f"Your suite used {own}, {part} of what all suites used"
    else:
        yield f"No suite used any: shared equally, {part} each"
    yield f"{figures.money(line.total_amount)} × {part}"


def _meters(line: InvoiceLine) -> Iterable[MeterText]:
    """The line's meters; their registers have the same number of decimal places, to be read under one another."""
    unit = Utility(line.utility).unit_label if line.utility else ""
    places = figures.alike(
        Decimal(meter[key])
        for meter in line.basis
        for key in ("start_register", "end_register", "consumption")
        if meter[key] is not None
    )
    for meter in line.basis:
        yield MeterText(
            utility=line.description,
            name=meter["name"],
            serial_number=meter["serial_number"],
            start_time=_stamp(meter["start_time"]),
            start_register=_register(meter["start_register"], places),
            end_time=_stamp(meter["end_time"]),
            end_register=_register(meter["end_register"], places),
            consumption=figures.quantity(Decimal(meter["consumption"]), places),
            unit=unit,
        )


def _stamp(text: str | None) -> str:
    return figures.stamp(datetime.fromisoformat(text)) if text else "no read yet"


def _register(text: str | None, places: int) -> str:
    return "–" if text is None else figures.quantity(Decimal(text), places)


def _usage(months: Sequence[dict[str, Any]]) -> Iterable[UseChart]:
    """One chart per utility that the suite used at all."""
    days = [date.fromisoformat(f"{month['month']}-01") for month in months]
    for utility in Utility:
        values = [month["use"].get(utility.value) for month in months]
        if any(value is not None and Decimal(value) for value in values):
            yield UseChart(
                title=str(utility.label),
                unit=utility.unit_label,
                bars=tuple(
                    Bar(
                        label=_label(day, first=day == days[0]),
                        value=None if value is None else Decimal(value),
                        strong=day == days[-1],
                    )
                    for day, value in zip(days, values, strict=True)
                ),
            )


def _label(day: date, *, first: bool) -> str:
    """The month; with its year under it where a year begins."""
    name, year = figures.month(day).split()
    return f"{name}\n{year}" if first or day.month == 1 else name

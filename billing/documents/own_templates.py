"""Properties' own invoice templates: what is checked of one before it is taken, and which one an invoice is made from."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from django.db.models import Q

from billing.documents.content import InvoiceContent, LineText, MeterText, UseChart, content_of
from billing.documents.default_template import default_template
from billing.documents.odt import invoice_odt
from billing.documents.pdf import invoice_pdf
from billing.documents.placeholders import PLACEHOLDERS
from billing.models import Invoice, InvoiceTemplate
from billing.periods import months_before
from intellimeter.common.documents import figures
from intellimeter.common.documents.charts import Bar
from intellimeter.common.documents.odf_html import pdf_of_odt
from intellimeter.common.documents.odt import OdtTemplate, TemplateError
from metering.enums import Utility
from metering.models import Property

MIB = 1024 * 1024
LARGEST = 2 * MIB


def template_file(property: Property) -> bytes:
    """The .odt that the property's invoices are made from now on: its own, or the default one."""
    own = InvoiceTemplate.objects.filter(property=property, ended=None).first()
    return default_template() if own is None else bytes(own.document)


def preview_of(property: Property, document: bytes) -> bytes:
    """The PDF of the property's latest invoice as this template makes it; of a made-up one where there is none yet."""
    latest = Invoice.objects.filter(property=property).order_by("-created", "-number").first()
    return invoice_pdf(example(property) if latest is None else content_of(latest), OdtTemplate(document))


def template_of(invoice: Invoice) -> OdtTemplate | None:
    """The template that was in force at the invoice's property when it was issued; None for the default one."""
    at = invoice.created
    rows = InvoiceTemplate.objects.filter(
        Q(ended=None) | Q(ended__gt=at), property=invoice.property_id, created__lte=at
    )
    digest = rows.order_by("-created").values_list("digest", flat=True).first()
    return None if digest is None else _compiled(digest)


@lru_cache(maxsize=8)
def _compiled(digest: str) -> OdtTemplate:
    document = InvoiceTemplate.objects.filter(digest=digest).values_list("document", flat=True)[0]
    return OdtTemplate(bytes(document))


def check_template(source: bytes) -> None:
    """TemplateError where an invoice could not be made from this file, or not safely; a sample is made to see."""
    if len(source) > LARGEST:
        raise TemplateError(f"The file is over {LARGEST // MIB} MiB.")
    template = OdtTemplate(source)
    for name in sorted(template.placeholders - PLACEHOLDERS.keys()):
        near = get_close_matches(name, PLACEHOLDERS, n=1)
        hint = f"did you mean {{{{ {near[0]} }}}}?" if near else "the documentation lists those that are."
        raise TemplateError(f"The placeholder {{{{ {name} }}}} is not known; {hint}")
    document = invoice_odt(sample(), template)
    OdtTemplate(document)
    pdf_of_odt(document)


def sample() -> InvoiceContent:
    """An invoice on which nothing is empty."""
    texts: dict[str, Any] = {field.name: f"{field.name} & <more>" for field in fields(InvoiceContent)}
    month = date(2021, 3, 1)
    bars = tuple(Bar(figures.month(day), Decimal(day.month), day == month) for day in months_before(month, 13))
    return InvoiceContent(
        **texts
        | {
            "lines": tuple(_row(LineText, number) for number in (1, 2)),
            "meters": tuple(_row(MeterText, number) for number in (1, 2)),
            "usage": tuple(UseChart(str(utility.label), utility.unit_label, bars) for utility in Utility),
        }
    )


def example(property: Property) -> InvoiceContent:
    """An invoice of the property as it may come to be: a look at a template before anything was issued."""
    texts = {
        "number": "1042",
        "issued": "April 1, 2021",
        "due": "May 1, 2021",
        "period": "March 1 to 31, 2021",
        "period_start": "March 1, 2021",
        "period_end": "March 31, 2021",
        "company": property.company.name,
        "sender": property.company.name,
        "tax_number": property.company.tax_number,
        "property": property.display_name,
        "property_address": property.address,
        "tenants": "Marie Tremblay\nLuc Roy",
        "suite": "Suite 101",
        "service": "Suite 101 hydro",
        "service_address": property.address,
        "subtotal": "$46.47",
        "tax_rate": "13%",
        "tax": "$6.04",
        "total": "$52.51",
        "notes": "",
    }
    lines = (
        LineText("Electricity", "309.345 kWh × 13 ¢/kWh", "309.345 kWh", "13 ¢/kWh", "$40.21"),
        LineText("Administration", "Flat fee", "", "", "$6.26"),
    )
    begin, end = "2021-03-01 00:00", "2021-04-01 00:00"
    meter = MeterText("Electricity", "Suite 101", "20-350-0001", begin, "24001.500", end, "24310.845", "309.345", "kWh")
    return InvoiceContent(**texts, lines=lines, meters=(meter,), usage=sample().usage[:1])


def _row(kind: type[Any], number: int) -> Any:
    return kind(**{field.name: f"{field.name} {number}" for field in fields(kind)})

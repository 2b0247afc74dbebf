"""Properties' own invoice templates: what is checked of one before it is taken, and which one an invoice is made from."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from django.db.models import Q

from billing.documents.content import InvoiceContent, LineText, MeterText, UseChart
from billing.documents.default_template import default_template
from billing.documents.odt import invoice_odt
from billing.models import Invoice, InvoiceTemplate
from billing.periods import months_before
from intellimeter.common.documents import figures
from intellimeter.common.documents.charts import Bar
from intellimeter.common.documents.odt import OdtTemplate, TemplateError
from metering.enums import Utility
from metering.models import Property

MIB = 1024 * 1024
LARGEST = 2 * MIB
OF_LISTS = frozenset({"lines", "meters", "usage"})
PLACEHOLDERS = frozenset(
    {field.name for field in fields(InvoiceContent)} - OF_LISTS
    | {"usage_charts"}
    | {f"line.{field.name}" for field in fields(LineText)}
    | {f"meter.{field.name}" for field in fields(MeterText)}
)
"""What a template may ask for; docs/invoice-template.md says what each of them is."""


def template_file(property: Property) -> bytes:
    """The .odt that the property's invoices are made from now on: its own, or the default one."""
    own = InvoiceTemplate.objects.filter(property=property, ended=None).first()
    return default_template() if own is None else bytes(own.document)


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
    for name in sorted(template.placeholders - PLACEHOLDERS):
        near = get_close_matches(name, PLACEHOLDERS, n=1)
        hint = f"did you mean {{{{ {near[0]} }}}}?" if near else "the documentation lists those that are."
        raise TemplateError(f"The placeholder {{{{ {name} }}}} is not known; {hint}")
    OdtTemplate(invoice_odt(sample(), template))


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


def _row(kind: type[Any], number: int) -> Any:
    return kind(**{field.name: f"{field.name} {number}" for field in fields(kind)})

"""An invoice as PDF, laid out from `templates/billing/invoice/`."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from billing.documents.content import InvoiceContent, UseChart
from intellimeter.common.documents.charts import bar_chart
from intellimeter.common.documents.pdf import pdf_of

WIDE, HALF = 686, 335


def invoice_pdf(content: InvoiceContent) -> bytes:
    """The PDF of what the invoice says; the same bytes for the same content."""
    width = WIDE if len(content.usage) == 1 else HALF
    html = render_to_string(
        "billing/invoice/invoice.html",
        {
            "invoice": content,
            "notes": content.notes.splitlines(),
            "charts": [chart_svg(chart, width=width) for chart in content.usage],
        },
    )
    return pdf_of(html, stylesheet=render_to_string("billing/invoice/invoice.css"))


def chart_svg(chart: UseChart, *, width: int) -> str:
    """The chart as SVG, safe to put into a page."""
    svg = bar_chart(title=chart.title, unit=chart.unit, bars=chart.bars, width=width)
    return mark_safe(svg)  # noqa: S308 - drawn by our own code, which escapes every text

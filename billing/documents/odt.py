"""An invoice as ODT: a template filled with what the invoice says."""

from dataclasses import fields
from functools import cache
from typing import Any

from billing.documents.content import InvoiceContent, UseChart
from billing.documents.default_template import default_template
from intellimeter.common.documents.charts import bar_chart
from intellimeter.common.documents.odt import OdtTemplate, Picture

# Pixels of the charts, and centimetres of them on the page
WIDE, HALF, TALL = 686, 335, 100
CM = 2.54 / 96


def invoice_odt(content: InvoiceContent, template: OdtTemplate | None = None) -> bytes:
    """The ODT of what the invoice says, in the template or the default one; the same bytes for the same content."""
    values: dict[str, Any] = {
        field.name: value for field in fields(content) if isinstance(value := getattr(content, field.name), str)
    }
    width = WIDE if len(content.usage) == 1 else HALF
    values["usage_charts"] = [_picture(chart, width) for chart in content.usage]
    groups = {"line": [_texts(line) for line in content.lines], "meter": [_texts(meter) for meter in content.meters]}
    return (template or _default()).fill(values, groups)


@cache
def _default() -> OdtTemplate:
    return OdtTemplate(default_template())


def _texts(row: Any) -> dict[str, str]:
    return {field.name: getattr(row, field.name) for field in fields(row)}


def _picture(chart: UseChart, width: int) -> Picture:
    svg = bar_chart(title=chart.title, unit=chart.unit, bars=chart.bars, width=width, height=TALL)
    shown = ", ".join(f"{bar.label.replace(chr(10), ' ')} {bar.value}" for bar in chart.bars)
    return Picture(
        name=f"usage-{chart.title.lower()}.svg",
        data=svg.encode(),
        media_type="image/svg+xml",
        width=width * CM,
        height=TALL * CM,
        title=f"{chart.title} in {chart.unit}: {shown}",
    )

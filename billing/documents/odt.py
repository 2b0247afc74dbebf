"""An invoice as ODT: a template filled with what the invoice says."""

from dataclasses import fields
from functools import cache
from typing import Any

from billing.documents.charts import use_pictures
from billing.documents.content import InvoiceContent
from billing.documents.default_template import default_template
from intellimeter.common.documents.odt import OdtTemplate, Picture

CM = 2.54 / 96  # of a CSS pixel


def invoice_odt(content: InvoiceContent, template: OdtTemplate | None = None) -> bytes:
    """The ODT of what the invoice says, in the template or the default one; the same bytes for the same content."""
    values: dict[str, Any] = {name: value for name, value in _fields(content).items() if isinstance(value, str)}
    values["usage_charts"] = [
        Picture(
            name=picture.name,
            data=picture.svg,
            media_type="image/svg+xml",
            width=picture.width * CM,
            height=picture.height * CM,
            title=picture.title,
        )
        for picture in use_pictures(content.usage)
    ]
    groups = {"line": [_fields(line) for line in content.lines], "meter": [_fields(meter) for meter in content.meters]}
    return (template or _default()).fill(values, groups)


@cache
def _default() -> OdtTemplate:
    return OdtTemplate(default_template())


def _fields(row: Any) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(row)}

"""An invoice as PDF: laid out from `templates/billing/invoice/`, or from the property's own template."""

from base64 import b64encode

from django.template.loader import render_to_string

from billing.documents.charts import UsePicture, use_pictures
from billing.documents.content import InvoiceContent
from billing.documents.odt import invoice_odt
from intellimeter.common.documents.odf_html import pdf_of_odt
from intellimeter.common.documents.odt import OdtTemplate
from intellimeter.common.documents.pdf import pdf_of


def invoice_pdf(content: InvoiceContent, template: OdtTemplate | None = None) -> bytes:
    """The PDF of what the invoice says, in the template or with the default look; the same bytes for the same content."""
    if template is not None:
        return pdf_of_odt(invoice_odt(content, template))
    charts = [{"title": picture.title, "source": _inline(picture)} for picture in use_pictures(content.usage)]
    context = {"invoice": content, "notes": content.notes.splitlines(), "charts": charts}
    html = render_to_string("billing/invoice/invoice.html", context)
    return pdf_of(html, stylesheet=render_to_string("billing/invoice/invoice.css"))


def _inline(picture: UsePicture) -> str:
    """The picture as an address that holds it: an SVG element in the page would take HTML's slow parser."""
    return f"data:image/svg+xml;base64,{b64encode(picture.svg).decode()}"

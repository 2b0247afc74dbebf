"""HTML to PDF with WeasyPrint: fonts of the system, nothing fetched, the same bytes for the same HTML."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration


def pdf_of(html: str, *, stylesheet: str) -> bytes:
    """The PDF of an HTML page laid out by the stylesheet. Whatever it links to is left out, never fetched."""
    from weasyprint import HTML  # loads system libraries: only who makes a PDF needs them
    from weasyprint.urls import URLFetcher

    css, fonts = _styles(stylesheet)
    page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=["data"]))
    pdf = page.write_pdf(stylesheets=[css], font_config=fonts)
    assert pdf is not None
    return pdf


@lru_cache(maxsize=16)
def _styles(stylesheet: str) -> "tuple[CSS, FontConfiguration]":
    """Parsed once a process: WeasyPrint takes longer over the fonts than over a small page."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return CSS(string=stylesheet, font_config=fonts), fonts

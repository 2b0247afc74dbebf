"""How the default invoice template looks: the styles of its page, tables and paragraphs."""

from typing import Any

from odf.element import Element
from odf.opendocument import OpenDocumentText
from odf.style import (
    FontFace,
    FooterStyle,
    HeaderFooterProperties,
    PageLayout,
    PageLayoutProperties,
    ParagraphProperties,
    Style,
    TableCellProperties,
    TableColumnProperties,
    TableProperties,
    TableRowProperties,
    TabStop,
    TabStops,
    TextProperties,
)

PAGE = "Letter"
FONT = "Liberation Sans"
INK, QUIET, ACCENT = "#1f2937", "#6b7280", "#1d5b8f"
GROUND, FAINT, RULE = "#f1f5f9", "#e5e7eb", "#cbd5e1"
WIDTH = 18.2  # cm between the margins of a Letter page

COLUMNS: dict[str, tuple[float, ...]] = {
    "Head": (12.7, 5.5),
    "Parties": (5.6, 5.6, 7.0),
    "Charges": (6.0, 9.2, 3.0),
    "Sums": (5.2, 2.6),
    "Meters": (2.95, 4.0, 2.4, 2.0, 2.6, 2.0, 2.25),
    "Pay": (18.2,),
}

Look = dict[str, Any]
RIGHT: Look = {"textalign": "end"}
APART: Look = {"marginleft": "0.15cm"}
BOLD: Look = {"fontweight": "bold"}

# name: (paragraph, text)
PARAGRAPHS: dict[str, tuple[Look, Look]] = {
    "Text": ({}, {}),
    "Name": ({}, BOLD),
    "Quiet": ({}, {"color": QUIET}),
    "Amount": (RIGHT, {}),
    "Small": ({}, {"fontsize": "8pt"}),
    "SmallAmount": (RIGHT, {"fontsize": "8pt"}),
    "SmallApart": (APART, {"fontsize": "8pt"}),
    "Label": ({"marginbottom": "0.1cm"}, {"fontsize": "7.5pt", "color": QUIET, "texttransform": "uppercase", **BOLD}),
    "Column": ({}, {"fontsize": "7.5pt", "color": QUIET, **BOLD}),
    "ColumnAmount": (RIGHT, {"fontsize": "7.5pt", "color": QUIET, **BOLD}),
    "ColumnApart": (APART, {"fontsize": "7.5pt", "color": QUIET, **BOLD}),
    "Sender": ({}, {"fontsize": "17pt", "color": ACCENT, **BOLD}),
    "InvoiceTitle": (RIGHT, {"fontsize": "17pt"}),
    "Total": ({}, {"fontsize": "12pt", **BOLD}),
    "TotalAmount": (RIGHT, {"fontsize": "12pt", **BOLD}),
    "Notes": ({"margintop": "0.25cm"}, {"fontsize": "8pt", "color": "#4b5563"}),
    "Usage": ({"margintop": "0.4cm", "lineheight": "100%"}, {"fontsize": "4pt"}),
    "Gap": ({"lineheight": "100%"}, {"fontsize": "8pt"}),
}
# name: where the right edge of the paragraph's figures stands, and its look
TABBED: dict[str, tuple[float, Look, Look]] = {
    "Fact": (6.4, {"marginbottom": "0.14cm"}, {}),
    "FactTotal": (6.4, {"bordertop": f"0.75pt solid {RULE}", "paddingtop": "0.15cm"}, {"fontsize": "13pt", **BOLD}),
    "FooterLine": (WIDTH, {}, {"fontsize": "7.5pt", "color": QUIET}),
}
SPANS: dict[str, Look] = {
    "QuietSpan": {"color": QUIET},
    "PlainSpan": {"fontsize": "9pt", **BOLD},
    "LabelSpan": {"fontsize": "7.5pt", "color": QUIET, "texttransform": "uppercase", **BOLD},
}


def _sides(height: float) -> Look:
    """Room above and below; at the right so much that a figure does not touch the next column's text."""
    return {"paddingtop": f"{height}cm", "paddingbottom": f"{height}cm", "paddingleft": "0cm", "paddingright": "0.1cm"}


CELLS: dict[str, Look] = {
    "HeadCell": {"paddingbottom": "0.4cm", "borderbottom": f"1.5pt solid {ACCENT}", "verticalalign": "bottom"},
    "PlainCell": {"paddingright": "0.4cm"},
    "FactsCell": {"padding": "0.3cm", "backgroundcolor": GROUND},
    "ColumnCell": {**_sides(0.12), "borderbottom": f"0.75pt solid {INK}", "verticalalign": "bottom"},
    "RowCell": {**_sides(0.12), "borderbottom": f"0.5pt solid {FAINT}"},
    "SumCell": _sides(0.12),
    "TotalCell": {**_sides(0.2), "bordertop": f"0.75pt solid {INK}"},
    "PayCell": {"padding": "0.3cm", "backgroundcolor": GROUND, "borderleft": f"2.5pt solid {ACCENT}"},
}


def add_styles(document: OpenDocumentText) -> None:
    """Everything that the template's content names; in styles.xml, where an editor shows them by name."""
    document.fontfacedecls.addElement(FontFace(name=FONT, fontfamily=f"'{FONT}'", fontfamilygeneric="swiss"))
    document.automaticstyles.addElement(_page_layout())
    base = Style(name="Standard", family="paragraph")
    base.addElement(ParagraphProperties(lineheight="125%"))
    base.addElement(TextProperties(fontname=FONT, fontsize="9pt", color=INK, language="en", country="CA"))
    document.styles.addElement(base)
    for name, (paragraph, text) in PARAGRAPHS.items():
        document.styles.addElement(_paragraph_style(name, ParagraphProperties(**paragraph), text))
    for name, (edge, paragraph, text) in TABBED.items():
        stops = TabStops()
        stops.addElement(TabStop(position=f"{edge}cm", type="right"))
        properties = ParagraphProperties(**paragraph)
        properties.addElement(stops)
        document.styles.addElement(_paragraph_style(name, properties, text))
    for name, text in SPANS.items():
        document.styles.addElement(_style(name, "text", TextProperties(**text)))
    for name, look in CELLS.items():
        document.automaticstyles.addElement(_style(name, "table-cell", TableCellProperties(**look)))
    document.automaticstyles.addElement(_style("Row", "table-row", TableRowProperties(keeptogether="always")))
    for name, widths in COLUMNS.items():
        _add_table_styles(document, name, widths)


def _page_layout() -> Element:
    layout = PageLayout(name=PAGE)
    margins = {"margintop": "1.5cm", "marginbottom": "1cm", "marginleft": "1.7cm", "marginright": "1.69cm"}
    layout.addElement(PageLayoutProperties(pagewidth="21.59cm", pageheight="27.94cm", **margins))
    footer = FooterStyle()
    footer.addElement(HeaderFooterProperties(minheight="0.9cm", margintop="0.4cm"))
    layout.addElement(footer)
    return layout


def _add_table_styles(document: OpenDocumentText, name: str, widths: tuple[float, ...]) -> None:
    align = "right" if name == "Sums" else "left"
    properties = TableProperties(width=f"{sum(widths):.2f}cm", align=align)
    document.automaticstyles.addElement(_style(name, "table", properties))
    for position, width in enumerate(widths):
        column = TableColumnProperties(columnwidth=f"{width}cm")
        document.automaticstyles.addElement(_style(f"{name}{position}", "table-column", column))


def _paragraph_style(name: str, properties: Element, text: Look) -> Element:
    style = Style(name=name, family="paragraph", parentstylename="Standard")
    style.addElement(properties)
    style.addElement(TextProperties(**text))
    return style


def _style(name: str, family: str, properties: Element) -> Element:
    style = Style(name=name, family=family)
    style.addElement(properties)
    return style

"""The default invoice template: an .odt with placeholders, made with odfpy.

It is what a property's own template starts from (decisions, section 7), so it is an ordinary document: placeholders as
text, one table row per line and per meter.
"""

import io
from functools import cache

from odf.element import Element
from odf.opendocument import OpenDocumentText
from odf.style import Footer, MasterPage
from odf.table import Table, TableCell, TableColumn, TableHeaderRows, TableRow
from odf.text import LineBreak, P, PageCount, PageNumber, Span, Tab

from billing.documents import default_styles as styles

CHARGES = (
    ("Charge", "{{ line.description }}", "Name"),
    ("How it adds up", "{{ line.calculation }}", "Text"),
    ("Amount", "{{ line.amount }}", "Amount"),
)
METERS = (
    ("Meter", "{{ meter.name }}", "Small"),
    ("Serial number", "{{ meter.serial_number }}", "Small"),
    ("Read at the start", "{{ meter.start_time }}", "Small"),
    ("Register", "{{ meter.start_register }}", "SmallAmount"),
    ("Read at the end", "{{ meter.end_time }}", "SmallApart"),
    ("Register", "{{ meter.end_register }}", "SmallAmount"),
    ("Consumption", "{{ meter.consumption }} {{ meter.unit }}", "SmallAmount"),
)
# Of figures at the right of their column, and of what stands behind them: their titles stand likewise
APART = {"Amount", "SmallAmount", "SmallApart"}
FACTS = (
    ("Invoice number", "{{ number }}"),
    ("Issued", "{{ issued }}"),
    ("Service", "{{ service }}"),
    ("Period", "{{ period }}"),
    ("Due", "{{ due }}"),
)
SENDER = (
    ("Label", "From"),
    ("Name", "{{ company }}"),
    ("Text", "{{ property }}"),
    ("Text", "{{ property_address }}"),
    ("Quiet", "HST no. {{ tax_number }}"),
)
ADDRESSEE = (
    ("Label", "Bill to"),
    ("Name", "{{ tenants }}"),
    ("Text", "{{ suite }}"),
    ("Text", "{{ service_address }}"),
)
SUMS = (
    ("Subtotal", "{{ subtotal }}"),
    ("Tax (HST), {{ tax_rate }} of {{ subtotal }}", "{{ tax }}"),
)
PAY = (
    "Please pay {{ total }} to {{ sender }} by {{ due }}, and name invoice {{ number }} and {{ suite }} with your "
    "payment, so that it is counted as yours."
)
USAGE = "What your suite used, month by month"


@cache
def default_template() -> bytes:
    """The template's file, made once a process."""
    document = OpenDocumentText()
    styles.add_styles(document)
    document.masterstyles.addElement(_page())
    for part in (_head(), _gap(), _parties(), _gap(), _charges(), _sums(), _gap(), _meters(), *_closing()):
        document.text.addElement(part)
    target = io.BytesIO()
    document.write(target)
    return target.getvalue()


def _page() -> Element:
    page = MasterPage(name="Standard", pagelayoutname=styles.PAGE)
    line = P(stylename="FooterLine", text="{{ sender }} · Invoice {{ number }}")
    line.addElement(Tab())
    line.addText("Page ")
    line.addElement(PageNumber(selectpage="current", text="1"))
    line.addText(" of ")
    line.addElement(PageCount(text="1"))
    footer = Footer()
    footer.addElement(line)
    page.addElement(footer)
    return page


def _head() -> Element:
    sender = _cell("HeadCell", P(stylename="Sender", text="{{ sender }}"))
    return _table("Head", _row(sender, _cell("HeadCell", P(stylename="InvoiceTitle", text="Invoice {{ number }}"))))


def _parties() -> Element:
    facts = [_pair("Fact", label, value) for label, value in FACTS]
    facts.append(_pair("FactTotal", "Amount due", "{{ total }}"))
    return _table(
        "Parties",
        _row(
            _cell("PlainCell", *(P(stylename=style, text=text) for style, text in SENDER)),
            _cell("PlainCell", *(P(stylename=style, text=text) for style, text in ADDRESSEE)),
            _cell("FactsCell", *facts),
        ),
    )


def _charges() -> Element:
    return _listing("Charges", CHARGES)


def _meters() -> Element:
    return _listing("Meters", METERS)


def _sums() -> Element:
    rows = [
        _row(_cell("SumCell", P(stylename="Text", text=label)), _cell("SumCell", P(stylename="Amount", text=value)))
        for label, value in SUMS
    ]
    total = P(stylename="TotalAmount", text="{{ total }}")
    return _table(
        "Sums", *rows, _row(_cell("TotalCell", P(stylename="Total", text="Total")), _cell("TotalCell", total))
    )


def _closing() -> tuple[Element, ...]:
    pay = _cell("PayCell", P(stylename="Label", text="How to pay"), P(stylename="Text", text=PAY))
    usage = P(stylename="Usage")
    usage.addElement(Span(stylename="LabelSpan", text=USAGE))
    usage.addElement(LineBreak())
    usage.addText("{{ usage_charts }}")
    return P(stylename="Notes", text="{{ notes }}"), _gap(), _table("Pay", _row(pay)), usage


def _listing(name: str, columns: tuple[tuple[str, str, str], ...]) -> Element:
    """A table of one repeated row, under a head that is repeated on every page it runs over."""
    titles = (
        _cell(
            "ColumnCell",
            P(stylename=f"Column{style.removeprefix('Small')}" if style in APART else "Column", text=title),
        )
        for title, _, style in columns
    )
    head = TableHeaderRows()
    head.addElement(_row(*titles))
    cells = (_cell("RowCell", P(stylename=style, text=text)) for _, text, style in columns)
    return _table(name, head, _row(*cells))


def _table(name: str, *rows: Element) -> Element:
    table = Table(name=name, stylename=name)
    for position in range(len(styles.COLUMNS[name])):
        table.addElement(TableColumn(stylename=f"{name}{position}"))
    for row in rows:
        table.addElement(row)
    return table


def _row(*cells: Element) -> Element:
    row = TableRow(stylename="Row")
    for cell in cells:
        row.addElement(cell)
    return row


def _cell(style: str, *paragraphs: Element) -> Element:
    cell = TableCell(stylename=style, valuetype="string")
    for paragraph in paragraphs:
        cell.addElement(paragraph)
    return cell


def _pair(style: str, label: str, value: str) -> Element:
    """A label at the left and its value at the right edge."""
    paragraph = P(stylename=style)
    paragraph.addElement(Span(stylename="QuietSpan" if style == "Fact" else "PlainSpan", text=label))
    paragraph.addElement(Tab())
    paragraph.addText(value)
    return paragraph


def _gap() -> Element:
    return P(stylename="Gap")

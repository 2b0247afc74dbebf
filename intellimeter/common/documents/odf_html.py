"""An OpenDocument text laid out as PDF: its text, tables, pictures, styles, headers and footers, by way of HTML.

No office program is needed (ADR 7). What letters and invoices are made of looks as there; drawn shapes, formulas and
footnotes do not show.
"""

import io
import zipfile
from base64 import b64encode
from collections.abc import Callable
from html import escape
from typing import Any

from lxml import etree

from intellimeter.common.documents.odf_looks import NS, OFFICE, SVG, TABLE, TEXT, Looks, length
from intellimeter.common.documents.odf_sheet import Sheet
from intellimeter.common.documents.pdf import pdf_of

DRAW = f"{{{NS}drawing:1.0}}"
HREF = "{http://www.w3.org/1999/xlink}href"
PICTURES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml"}
MOST_COLUMNS, MOST_SPACES = 64, 100
HIDDEN = frozenset(
    {f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{TEXT}note", f"{OFFICE}annotation", f"{OFFICE}forms"}
    | {f"{TABLE}covered-table-cell", f"{DRAW}object", f"{DRAW}glue-point", f"{SVG}title", f"{SVG}desc"}
)
AT_A_SIDE = {"float", "display"}  # of a frame that its style puts to the left, the right or the middle
BASE = """
html { font: 12pt/1.15 "Liberation Serif", serif; orphans: 1; widows: 1; }
body { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; }
td { padding: 0; vertical-align: top; }
img { width: 100%; height: 100%; display: block; }
ul, ol { margin: 0; }
.text { position: relative; }
.frame { display: inline-block; vertical-align: bottom; }
.tabs { display: table; width: 100%; }
.tabs > span { display: table-cell; }
.page::before { content: counter(page); }
.pages::before { content: counter(pages); }
.head { position: running(head); }
.foot { position: running(foot); }
"""


def pdf_of_odt(source: bytes) -> bytes:
    """The document as PDF. It has been checked before (`OdtTemplate`): what is in it is taken to be sound."""
    with zipfile.ZipFile(io.BytesIO(source)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    styles, content = (_parsed(files[name]) for name in ("styles.xml", "content.xml"))
    common = styles.findall(f"{OFFICE}styles") + styles.findall(f"{OFFICE}font-face-decls")
    page = Sheet(styles)
    around = Writer(Looks(*common, *styles.findall(f"{OFFICE}automatic-styles")), files)
    head, foot = (
        "" if part is None else f'<div class="{name}">{around.inside(part)}</div>'
        for name, part in (("head", page.header), ("foot", page.footer))
    )
    text = Writer(Looks(*common, content), files).inside(content.find(f"{OFFICE}body/{OFFICE}text"))
    html = f'<!doctype html><html lang="en"><meta charset="utf-8"><body>{head}{foot}{text}</body></html>'
    return pdf_of(html, stylesheet=BASE + page.rule)


def _parsed(source: bytes) -> Any:
    return etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


class Writer:
    """Writes the elements of one part of the document as HTML."""

    def __init__(self, looks: Looks, files: dict[str, bytes]):
        self.looks, self.files = looks, files
        self._kinds: dict[str, Callable[[Any], str]] = {
            f"{TEXT}p": self._paragraph,
            f"{TEXT}h": self._paragraph,
            f"{TEXT}span": lambda one: f"<span{self._style(one, TEXT, 'text')}>{self.inside(one)}</span>",
            f"{TEXT}s": lambda one: "\u00a0" * min(_count(one, f"{TEXT}c"), MOST_SPACES),
            f"{TEXT}tab": lambda one: "\t",
            f"{TEXT}line-break": lambda one: "<br>",
            f"{TEXT}page-number": lambda one: '<span class="page"></span>',
            f"{TEXT}page-count": lambda one: '<span class="pages"></span>',
            f"{TEXT}list": self._list,
            f"{TEXT}list-item": lambda one: f"<li>{self.inside(one)}</li>",
            f"{TABLE}table": self._table,
            f"{TABLE}table-header-rows": lambda one: f"<thead>{self.inside(one)}</thead>",
            f"{TABLE}table-row": lambda one: f"<tr{self._style(one, TABLE, 'table-row')}>{self.inside(one)}</tr>",
            f"{TABLE}table-cell": self._cell,
            f"{DRAW}frame": self._frame,
            f"{DRAW}custom-shape": self._frame,
        }

    def inside(self, element: Any) -> str:
        """What an element holds; elements that are not known count for what is in them."""
        if element is None:
            return ""
        written = [escape(element.text or "")]
        for child in element:
            if isinstance(child.tag, str) and child.tag not in HIDDEN:
                written.append(self._kinds.get(child.tag, self.inside)(child))
            written.append(escape(child.tail or ""))
        return "".join(written)

    def _style(self, element: Any, namespace: str, family: str, more: str = "") -> str:
        css = self.looks.css(family, element.get(f"{namespace}style-name"))
        joined = "; ".join(filter(None, (css, more)))
        return f' style="{escape(joined)}"' if joined else ""

    def _paragraph(self, paragraph: Any) -> str:
        text = self.inside(paragraph)
        if "\t" in text:
            text = self._tabbed(text, self.looks.tab_stops(paragraph.get(f"{TEXT}style-name")))
        return f"<div class='text'{self._style(paragraph, TEXT, 'paragraph')}>{text or '<br>'}</div>"

    def _list(self, items: Any) -> str:
        tag = "ol" if self.looks.is_numbered(items.get(f"{TEXT}style-name")) else "ul"
        return f"<{tag}>{self.inside(items)}</{tag}>"

    def _tabbed(self, text: str, stops: list[tuple[str, float]]) -> str:
        """The pieces between tabs as cells that end, or begin, where the stops stand."""
        pieces = text.split("\t")
        stops = stops[: len(pieces) - 1]
        if not stops or any("<span" in piece and piece.count("<span") != piece.count("</span") for piece in pieces):
            return "\u2003".join(pieces)
        cells = [f'<span style="{_reach(0.0, stops[0])}">{pieces[0]}</span>']
        for at, piece in enumerate(pieces[1:]):
            kind, place = stops[min(at, len(stops) - 1)]
            width = _reach(place, stops[at + 1]) if at + 1 < len(stops) and kind == "left" else ""
            side = {"right": "right", "center": "center"}.get(kind, "left")
            cells.append(f'<span style="text-align: {side}; {width}">{piece}</span>')
        wide = f"width: {stops[-1][1]:.3f}cm" if stops[-1][0] == "right" else ""
        even = "table-layout: fixed" if any(kind == "center" for kind, _ in stops) else ""
        return f'<span class="tabs" style="{wide}; {even}">{"".join(cells)}</span>'

    def _table(self, table: Any) -> str:
        columns = "".join(
            f"<col{self._style(column, TABLE, 'table-column')}>"
            * min(_count(column, f"{TABLE}number-columns-repeated"), MOST_COLUMNS)
            for column in table.iter(f"{TABLE}table-column")
            if next(column.iterancestors(f"{TABLE}table")) is table
        )
        return f"<table{self._style(table, TABLE, 'table')}>{columns}{self.inside(table)}</table>"

    def _cell(self, cell: Any) -> str:
        columns, rows = (
            min(_count(cell, f"{TABLE}number-{name}-spanned"), MOST_COLUMNS) for name in ("columns", "rows")
        )
        style = self._style(cell, TABLE, "table-cell")
        return f'<td colspan="{columns}" rowspan="{rows}"{style}>{self.inside(cell)}</td>'

    def _frame(self, frame: Any) -> str:
        """A picture of its size, or a text box of its width: in the line, at its place, or beside the text."""
        image = frame.find(f"{DRAW}image")
        names = ("width",) if image is None else ("width", "height")
        more = [f"{name}: {size:.3f}cm" for name in names if (size := length(frame.get(f"{SVG}{name}"))) and size > 0]
        x, y = (length(frame.get(f"{SVG}{name}")) for name in "xy")
        if frame.get(f"{TEXT}anchor-type") == "as-char":
            more.append("display: inline-block; float: none")
        elif x is not None and not AT_A_SIDE & self.looks.look("graphic", frame.get(f"{DRAW}style-name")).keys():
            more.append(f"position: absolute; left: {x:.3f}cm; top: {y or 0:.3f}cm")
        inner = self.inside(frame) if image is None else self._image(image)
        return f'<div class="frame"{self._style(frame, DRAW, "graphic", "; ".join(more))}>{inner}</div>'

    def _image(self, image: Any) -> str:
        path = (image.get(HREF) or "").removeprefix("./")
        media_type = PICTURES.get(path.rpartition(".")[2].lower())
        if media_type is None or path not in self.files:
            return ""
        return f'<img alt="" src="data:{media_type};base64,{b64encode(self.files[path]).decode()}">'


def _count(element: Any, attribute: str) -> int:
    text = element.get(attribute, "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _reach(begin: float, stop: tuple[str, float]) -> str:
    """The width of a piece before a stop at which the next one begins; else it takes what it needs."""
    kind, place = stop
    return f"width: {max(place - begin, 0):.3f}cm" if kind == "left" else "white-space: nowrap" if not begin else ""

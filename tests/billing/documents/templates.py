"""Invoice templates to upload: sound ones, and ones with one thing wrong."""

import io
import zipfile

from odf.opendocument import OpenDocumentText
from odf.table import Table, TableCell, TableRow
from odf.text import P

CONTENT = "content.xml"


def odt(*texts: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A document of these paragraphs and a table of these rows."""
    document = OpenDocumentText()
    for text in texts:
        document.text.addElement(P(text=text))
    if rows:
        table = Table(name="Lines")
        for cells in rows:
            row = TableRow()
            for text in cells:
                cell = TableCell()
                cell.addElement(P(text=text))
                row.addElement(cell)
            table.addElement(row)
        document.text.addElement(table)
    target = io.BytesIO()
    document.write(target)
    return target.getvalue()


def own_template(title: str = "Our own invoice") -> bytes:
    return odt(
        f"{title} {{{{ number }}}} of {{{{ total }}}}", rows=(("{{ line.description }}", "{{ line.amount }}"), ("end",))
    )


def repacked(source: bytes, added: dict[str, bytes]) -> bytes:
    """The document with these files added, or put in the place of its own."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in added:
                new.writestr(entry, old.read(entry))
        for name, content in added.items():
            new.writestr(name, content)
    return target.getvalue()


def with_element(source: bytes, element: str) -> bytes:
    """The document with this element in its last paragraph."""
    with zipfile.ZipFile(io.BytesIO(source)) as package:
        content = package.read(CONTENT).decode()
    head, close, rest = content.rpartition("</office:text>")
    return repacked(source, {CONTENT: f"{head}{element}{close}{rest}".encode()})

"""XML: `<reads>` of an `<item>` per meter, with a tag per point.

Most cells are plain text. One that blanks or a comma end, which readers may cut off, is marked `xml:space="preserve"`. One
with characters that XML cannot carry (control characters) is marked `escape="json"` and written as the inside of a JSON string.
"""

import json
import re
from collections.abc import Sequence

from lxml import etree

from fileupload.formats import ABOUT, FORMATS, FileRow, Format, plain
from metering.ingest.parsers.xml_file import ESCAPE, JSON, PRESERVE, SPACE, bare

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]").search


def write(rows: Sequence[FileRow]) -> bytes:
    """The items in UTF-8."""
    reads = etree.Element("reads")
    for row in rows:
        item = etree.SubElement(reads, "item")
        for name in ABOUT:
            _add(item, name, row.about[name] or "")
        for name, value in row.points.items():
            _add(item, name, plain(value))
    return etree.tostring(reads, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _add(item: "etree._Element", name: str, text: str) -> None:
    cell = etree.SubElement(item, name)
    if UNWRITABLE(text):
        cell.set(ESCAPE, JSON)
        text = json.dumps(text)[1:-1]
    elif text != bare(text):
        cell.set(SPACE, PRESERVE)
    cell.text = text


FORMATS.register("XML")(Format(write, "xml", "application/xml"))

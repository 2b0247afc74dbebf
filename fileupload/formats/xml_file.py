"""XML: `<reads>` of an `<item>` per meter, with a tag per point."""

import re
from collections.abc import Sequence

from lxml import etree

from fileupload.formats import ABOUT, FORMATS, FileRow, Format, plain

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(rows: Sequence[FileRow]) -> bytes:
    """The items in UTF-8. Control characters, which XML cannot carry, become the replacement character."""
    reads = etree.Element("reads")
    for row in rows:
        item = etree.SubElement(reads, "item")
        for name in ABOUT:
            _add(item, name, row.about[name] or "")
        for name, value in row.points.items():
            _add(item, name, plain(value))
    return etree.tostring(reads, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _add(item: "etree._Element", name: str, text: str) -> None:
    etree.SubElement(item, name).text = UNWRITABLE.sub("�", text)


FORMATS.register("XML")(Format(write, "xml", "application/xml"))

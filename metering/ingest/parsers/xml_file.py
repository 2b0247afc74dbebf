"""XML: `<reads>` of `<item>`s, a tag per cell.

A cell is taken without the blanks around it and the stray comma that older senders leave behind a figure. Two attributes, which
our own files have where they need them, say what it is instead: with `xml:space="preserve"` the text is taken as it stands, and
with `escape="json"` it is the inside of a JSON string, which has a way to write the control characters that XML lacks.
"""

import json
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from metering.ingest.parsers import PARSERS, Malformed, ParsedFile
from metering.ingest.rows import RawRow

SPACE, PRESERVE = "{http://www.w3.org/XML/1998/namespace}space", "preserve"
ESCAPE, JSON = "escape", "json"


@PARSERS.register("xml")
def parse(stream: BinaryIO) -> ParsedFile:
    """The items of an XML file. It is read through once before the first is handed out; a DTD is refused."""
    for _ in _items(stream):
        pass
    return ParsedFile(_rows(stream))


def _items(stream: BinaryIO) -> "Iterator[etree._Element]":
    stream.seek(0)
    try:
        events = etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
        )
        depth = 0
        for event, element in events:
            if event == "start":
                depth += 1
                if depth == 1:
                    _check_root(element)
                continue
            depth -= 1
            if depth == 1:
                if element.tag != "item":
                    raise Malformed(f"<reads> holds <item>s, not <{element.tag}>.")
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise Malformed(f"The XML does not parse: {error.msg}.") from error


def _check_root(root: "etree._Element") -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise Malformed("The XML has a DTD, which is not taken.")
    if root.tag != "reads":
        raise Malformed(f"The XML's root is <{root.tag}>; it must be <reads>.")


def _rows(stream: BinaryIO) -> Iterator[RawRow]:
    for number, item in enumerate(_items(stream), start=1):
        names = tuple(str(cell.tag) for cell in item)
        if len(set(names)) != len(names):
            yield RawRow(number, (), ())
            continue
        yield RawRow(number, names, [_cell(cell) for cell in item])


def bare(text: str) -> str:
    """What a cell without attributes says."""
    return text.strip().removesuffix(",")


def _cell(cell: "etree._Element") -> object:
    if not cell.text:
        return None
    if not cell.attrib:
        return bare(cell.text)
    if cell.get(ESCAPE) == JSON:
        return _unescaped(cell.text)
    return cell.text if cell.get(SPACE) == PRESERVE else bare(cell.text)


def _unescaped(text: str) -> object:
    """The text; of what is no inside of a JSON string something that is no text, so its row is refused."""
    try:
        return json.loads(f'"{text}"', strict=False)
    except json.JSONDecodeError:
        return ()

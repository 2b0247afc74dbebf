"""XML: `<reads>` of `<item>`s, a tag per cell."""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from metering.ingest.parsers import PARSERS, Malformed, ParsedFile
from metering.ingest.rows import RawRow


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
        yield RawRow(number, names, [_cell(cell.text) for cell in item])


def _cell(text: str | None) -> str | None:
    """The cell's text; the stray comma that older senders leave behind a figure is not part of it."""
    return text.strip().removesuffix(",") if text else None

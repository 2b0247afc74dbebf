"""One XML part of an ODT template, compiled to pieces of text and the places between them that are filled."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from lxml import etree

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
NAME = re.compile(r"[a-z_]+(\.[a-z_]+)?")
# Marks laid into the tree before it is written out as text: an instruction cannot be confused with content.
TOKEN = re.compile(r"<\?(each|when|end) ([^?]*)\?>|\{\{([^{}]*)\}\}")

MOST_PLACEHOLDERS = 2000  # each may be filled with a long text

Value = str  # ODF content, escaped
Item = Mapping[str, Value]


class TemplateError(ValueError):
    """What is wrong with a template, in one plain sentence."""


@dataclass(slots=True)
class Block:
    """Pieces in order: text, a placeholder's name, or a block. `each` repeats it for a group, `when` needs a value."""

    each: str = ""
    when: tuple[str, ...] = ()
    pieces: list["str | Name | Block"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Name:
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A compiled part, and the placeholders it asks for."""

    root: Block
    placeholders: frozenset[str]

    def fill(self, values: Item, groups: Mapping[str, Sequence[Item]]) -> str:
        """The part's XML with every placeholder replaced."""
        written: list[str] = []
        _write(self.root, values, groups, written)
        return "".join(written)


def compile_part(source: bytes) -> Part:
    """Compile content.xml or styles.xml. TemplateError where it is no XML, or a placeholder stands where none can."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateError("The document's XML does not parse.") from error
    document: Any = root.getroottree()  # its stubs lack the document type
    if document.docinfo.doctype:
        raise TemplateError("The document's XML declares a document type, which no ODF file needs.")
    if _text_of(root).count("{{") > MOST_PLACEHOLDERS:
        raise TemplateError(f"The document has over {MOST_PLACEHOLDERS:,} placeholders.")
    for element in root.iter(etree.Element):
        if any("{{" in value for value in element.attrib.values()):
            raise TemplateError("A placeholder stands in an attribute; only text can hold one.")
    for paragraph in list(root.iter(*PARAGRAPHS)):
        _join_runs(paragraph)
        _mark_paragraph(paragraph)
    for row in list(root.iter(f"{TABLE}table-row")):
        _mark_row(row)
    for table in list(root.iter(f"{TABLE}table")):
        _mark_table(table)
    return _parsed(etree.tostring(root, encoding="unicode"))


def _names_in(text: str) -> list[str]:
    names = [match.strip() for match in PLACEHOLDER.findall(text)]
    if text.count("{{") != len(names):
        raise TemplateError("A placeholder begins with {{ and does not end with }} in the same paragraph.")
    for name in names:
        if not NAME.fullmatch(name):
            raise TemplateError(f"{{{{ {name} }}}} is not a placeholder: those are like {{{{ total }}}}.")
    return names


def _text_of(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _join_runs(paragraph: etree._Element) -> None:
    """Put each placeholder that an editor cut into several runs whole into the first of them."""
    slots = [(node, "text") if start else (node, "tail") for node, start in _slots(paragraph)]
    texts = [getattr(node, side) or "" for node, side in slots]
    begins = list(accumulate(map(len, texts[:-1]), initial=0))
    for match in reversed(list(PLACEHOLDER.finditer("".join(texts)))):
        first = bisect_right(begins, match.start()) - 1
        last = bisect_left(begins, match.end()) - 1
        if first < last:
            rest = texts[last][match.end() - begins[last] :]
            texts[first] = texts[first][: match.start() - begins[first]] + match.group()
            texts[first + 1 : last + 1] = [""] * (last - first - 1) + [rest]
    for (node, side), text in zip(slots, texts, strict=True):
        setattr(node, side, text)


def _slots(element: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """The places of an element that hold its text, in the order in which it is read; True for an element's own beginning.

    Paragraphs within it, as in a text box, are read by themselves.
    """
    yield element, True
    for child in element:
        if child.tag not in PARAGRAPHS:
            yield from _slots(child)
        yield child, False


def _mark(element: etree._Element, kind: str, names: Sequence[str]) -> None:
    """Enclose the element in a block."""
    tail, element.tail = element.tail, None
    element.addprevious(etree.ProcessingInstruction(kind, " ".join(names)))
    end = etree.ProcessingInstruction("end", kind)
    element.addnext(end)
    end.tail = tail


def _mark_paragraph(paragraph: etree._Element) -> None:
    if names := _names_in(_text_of(paragraph)):
        _mark(paragraph, "when", names)


def _mark_row(row: etree._Element) -> None:
    groups = sorted({name.partition(".")[0] for name in _names_in(_text_of(row)) if "." in name})
    if len(groups) > 1:
        raise TemplateError(f"One table row asks for items of {' and '.join(groups)}; a row repeats one kind.")
    if groups:
        _mark(row, "each", groups)


def _mark_table(table: etree._Element) -> None:
    """A table whose rows, those of its head aside, are all repeated has nothing to show without items."""
    rows = list(table.iter(f"{TABLE}table-row"))
    rows = [row for row in rows if next(row.iterancestors()).tag != f"{TABLE}table-header-rows"]
    groups = [_group_of(row) for row in rows]
    if rows and all(groups):
        _mark(table, "when", sorted(set(groups)))


def _group_of(row: etree._Element) -> str:
    """The group that the row is repeated for; "" if it is not."""
    mark = row.getprevious()
    return mark.text or "" if isinstance(mark, etree._ProcessingInstruction) and mark.target == "each" else ""


def _parsed(text: str) -> Part:
    """The blocks of the marked text."""
    root = Block()
    open_blocks, names, place = [root], set(), 0
    for token in TOKEN.finditer(text):
        open_blocks[-1].pieces.append(text[place : token.start()])
        place = token.end()
        kind, argument, name = token.groups()
        if name is not None:
            names.add(_checked(name.strip(), open_blocks))
            open_blocks[-1].pieces.append(Name(name.strip()))
        elif kind == "end":
            open_blocks.pop()
        else:
            if kind == "each" and any(outer.each for outer in open_blocks):
                raise TemplateError("A row that is repeated stands within another; only one can be repeated.")
            block = Block(each=argument) if kind == "each" else Block(when=tuple(argument.split(" ")))
            open_blocks[-1].pieces.append(block)
            open_blocks.append(block)
    root.pieces.append(text[place:])
    return Part(root, frozenset(names))


def _checked(name: str, open_blocks: Sequence[Block]) -> str:
    group, dot, _ = name.partition(".")
    if dot and not any(block.each == group for block in open_blocks):
        raise TemplateError(f"{{{{ {name} }}}} stands outside a table row, so there is nothing to repeat for it.")
    return name


def _write(block: Block, values: Item, groups: Mapping[str, Sequence[Item]], written: list[str]) -> None:
    if block.when and not any(values[name] if name in values else groups[name] for name in block.when):
        return
    for scope in [{**values, **item} for item in groups[block.each]] if block.each else [values]:
        for piece in block.pieces:
            if isinstance(piece, str):
                written.append(piece)
            elif isinstance(piece, Name):
                written.append(scope[piece.text])
            else:
                _write(piece, scope, groups, written)

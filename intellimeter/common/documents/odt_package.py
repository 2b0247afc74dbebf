"""The files of an .odt that a stranger sent: opened within bounds, and free of what would run or reach outside.

An office program that opens the document must find nothing to run (macros, events, applets), nothing to fetch (pictures,
sections, data sources, styles from elsewhere), and no link that leads out of it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from intellimeter.common.documents.odt_parts import TemplateError

MIB = 1024 * 1024
LARGEST_UNPACKED, MOST_FILES = 20 * MIB, 1000
MOST_ELEMENTS = 5_000  # laid out as a PDF they take some 15 s; an invoice has a few hundred
XML = (".xml", ".rdf", ".svg")
ENCRYPTED = 0x1
CODE_FOLDERS = ("basic/", "scripts/", "dialogs/", "java/")
# Elements that run something, or that show what lies elsewhere; by their names without a namespace
RUNNING = frozenset({"script", "event-listener", "execute-macro", "applet", "plugin", "object-ole"})
REACHING = frozenset(
    {"floating-frame", "dde-connection", "dde-connection-decl", "dde-source", "connection-resource", "auto-reload"}
)
HREF = "{http://www.w3.org/1999/xlink}href"
LINKS = frozenset({HREF, "href", "src"})
CODE_SCHEME = re.compile(
    r"\s*(?:vnd\.sun\.star\.(?:script|expand)|macro|javascript|script|service|slot)\s*:", re.IGNORECASE
)
OUTSIDE_STYLE = re.compile(r"url\(\s*['\"]?(?!#|data:)|@import", re.IGNORECASE)
NO_ODT = "The file is not a readable .odt file."


def files_of(source: bytes) -> dict[str, bytes]:
    """The files in the package, by their paths. TemplateError where it is no sound zip file or would unpack too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as package:
            entries = package.infolist()
            _check_entries(entries)
            return {entry.filename: package.read(entry) for entry in entries if not entry.is_dir()}
    except TemplateError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise TemplateError(NO_ODT) from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """From the directory alone: an entry never gives more bytes than it says there."""
    names = [entry.filename for entry in entries]
    if len(names) > MOST_FILES:
        raise TemplateError(f"The file holds over {MOST_FILES:,} files.")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise TemplateError(f"The file unpacks to over {LARGEST_UNPACKED // MIB} MiB.")
    if len(set(names)) < len(names):
        raise TemplateError("The file holds two files of the same name.")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise TemplateError("The file is encrypted; save it without a password.")
    for name in names:
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise TemplateError(f"The file holds {name!a}, whose path leads out of it.")


def check_contents(files: Mapping[str, bytes]) -> None:
    """TemplateError names the first thing in these files that would run or reach outside."""
    for name in files:
        if name.lower().startswith(CODE_FOLDERS) or name == "META-INF/macrosignatures.xml":
            raise TemplateError(f"The document holds macros ({name}); save it without any.")
    elements = 0
    for name, content in files.items():
        if name.lower().endswith(XML) and content.strip():
            for element in _elements_of(name, content):
                elements += 1
                if elements > MOST_ELEMENTS:
                    raise TemplateError(f"The document has over {MOST_ELEMENTS:,} elements; make it simpler.")
                _check_element(element, name, files)


def _elements_of(name: str, content: bytes) -> Iterator[Any]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root: Any = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateError(f"The XML of {name} does not parse.") from error
    if root.getroottree().docinfo.doctype:
        raise TemplateError(f"The XML of {name} declares a document type, which no ODF file needs.")
    for node in root.getroottree().iter(etree.ProcessingInstruction):
        raise TemplateError(f"The XML of {name} holds the processing instruction {node.target!a}; leave it out.")
    return iter(root.iter(etree.Element))


def _check_element(element: Any, name: str, files: Mapping[str, bytes]) -> None:
    kind = etree.QName(element).localname
    if kind in RUNNING:
        raise TemplateError(f"The document holds a macro or something else that runs (<{kind}> in {name}); remove it.")
    if kind in REACHING:
        raise TemplateError(f"The document takes something from outside (<{kind}> in {name}); remove it.")
    if kind == "encryption-data":
        raise TemplateError("The file is encrypted; save it without a password.")
    if kind == "style" and OUTSIDE_STYLE.search(element.text or ""):
        raise TemplateError(f"The document links to something outside it (a style in {name}); remove it.")
    for attribute, value in element.attrib.items():
        if CODE_SCHEME.match(value):
            raise TemplateError(f"The document calls a macro ({value[:80]!a} in {name}); remove the call.")
        if attribute in LINKS and not name.endswith(".rdf") and not _leads_inside(value, name, files):
            raise TemplateError(f"The document links to {value[:80]!a}, which lies outside it; remove the link.")
        if name.endswith(".svg") and OUTSIDE_STYLE.search(value):
            raise TemplateError(f"The picture {name} links to something outside it; embed it.")


def _leads_inside(link: str, name: str, files: Mapping[str, bytes]) -> bool:
    """Whether the link is empty, a place in the document, one of its files, or, in a picture, inline data."""
    path = link.strip().removeprefix("./").partition("#")[0]
    if not path:
        return True
    if name.endswith(".svg"):
        return path.startswith("data:")
    return path in files or any(file.startswith(f"{path.rstrip('/')}/") for file in files)

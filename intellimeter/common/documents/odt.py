"""ODT templates: a document with `{{ placeholders }}`, parsed once and then filled at the cost of joining text.

- A placeholder stands in text, `{{ total }}`; an editor may have cut it into several runs.
- A table row with placeholders of a group, `{{ line.amount }}`, is repeated for each item of the group.
- A paragraph all of whose placeholders are empty is left out with its label; so is a table whose groups have no items.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from intellimeter.common.documents.odt_package import check_contents, files_of
from intellimeter.common.documents.odt_parts import Part, TemplateError, Value, compile_part

MIMETYPE = "application/vnd.oasis.opendocument.text"
FILLED = ("content.xml", "styles.xml")
MANIFEST = "META-INF/manifest.xml"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same document for the same values, whenever it is made
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LINE_BREAK = '<text:line-break xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"/>'

__all__ = ["MIMETYPE", "OdtTemplate", "Picture", "TemplateError"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a placeholder stands for. Sizes are centimetres; `title` is read to who cannot see it."""

    name: str
    data: bytes
    media_type: str
    width: float
    height: float
    title: str

    @property
    def path(self) -> str:
        return f"Pictures/{self.name}"


Values = Mapping[str, str | Sequence[Picture]]
Groups = Mapping[str, Sequence[Mapping[str, str]]]


class OdtTemplate:
    """A template ready to be filled, as often as wanted and by several threads at once."""

    def __init__(self, source: bytes):
        """Parse the bytes of an .odt file. TemplateError says what is wrong with it."""
        files = files_of(source)
        if files.pop("mimetype", b"").strip() != MIMETYPE.encode() or {*FILLED, MANIFEST} - files.keys():
            raise TemplateError("The file is not an OpenDocument text (.odt).")
        check_contents(files)
        self._parts: dict[str, Part] = {name: compile_part(files.pop(name)) for name in FILLED}
        self._manifest = _text(files.pop(MANIFEST))
        self._others = files

    @property
    def placeholders(self) -> frozenset[str]:
        """The names that the template asks for, `total` or `line.amount`."""
        return frozenset().union(*(part.placeholders for part in self._parts.values()))

    def fill(self, values: Values, groups: Groups) -> bytes:
        """The filled document. KeyError names a placeholder that has no value."""
        pictures = [picture for value in values.values() if not isinstance(value, str) for picture in value]
        scope = {name: _written(value) for name, value in values.items()}
        items = {
            group: [{f"{group}.{name}": _written(value) for name, value in item.items()} for item in rows]
            for group, rows in groups.items()
        }
        files = {name: part.fill(scope, items).encode() for name, part in self._parts.items()}
        files |= self._others | {picture.path: picture.data for picture in pictures}
        return _package(files | {MANIFEST: _with_entries(self._manifest, pictures).encode()})


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise TemplateError("The document's manifest is not UTF-8.") from error


def _written(value: str | Sequence[Picture]) -> Value:
    """The value as ODF content: text escaped and free of what XML cannot hold, its line breaks kept."""
    if isinstance(value, str):
        lines = NOT_XML.sub("", value).splitlines()
        return LINE_BREAK.join(escape(line) for line in lines)
    return " ".join(_frame(picture) for picture in value)


def _frame(picture: Picture) -> str:
    return (
        '<draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
        ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' draw:name={quoteattr(picture.name)} text:anchor-type="as-char"'
        f' svg:width="{picture.width:.3f}cm" svg:height="{picture.height:.3f}cm">'
        f'<draw:image xlink:href={quoteattr(picture.path)} xlink:type="simple" xlink:show="embed"'
        f' xlink:actuate="onLoad"/><svg:title>{escape(picture.title)}</svg:title></draw:frame>'
    )


def _with_entries(manifest: str, pictures: Sequence[Picture]) -> str:
    entries = "".join(
        '<manifest:file-entry xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        f" manifest:full-path={quoteattr(picture.path)} manifest:media-type={quoteattr(picture.media_type)}/>"
        for picture in pictures
    )
    head, close, rest = manifest.rpartition("</")
    return f"{head}{entries}{close}{rest}"


def _package(files: Mapping[str, bytes]) -> bytes:
    """The zip file, its mimetype first and not compressed, as ODF wants it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in _in_order(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(entry, data)
    return target.getvalue()


def _in_order(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    yield "mimetype", MIMETYPE.encode()
    yield from sorted(files.items())

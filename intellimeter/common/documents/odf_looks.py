"""The styles of an OpenDocument text as CSS. Their properties are those of XSL-FO, which are CSS's own for the most part.

Only words, numbers and lengths of a sane size get through: what a stranger's document holds cannot leave its declaration.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import etree

NS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, STYLE, TEXT, TABLE = (f"{{{NS}{name}:1.0}}" for name in ("office", "style", "text", "table"))
FO, SVG = (f"{{{NS}{name}-compatible:1.0}}" for name in ("xsl-fo", "svg"))

PLAIN = re.compile(r"[-\w.#% +]*")
LENGTH = re.compile(r"(-?\d{0,5}(?:\.\d{1,6})?)(cm|mm|in|pt|pc|px|em)")
CENTIMETRES = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6, "px": 2.54 / 96, "em": 0.42}
NATURAL = 1.15  # line height that fonts such as Liberation ask for
LONGEST = 60.0  # cm; more than the largest sheet that an office printer takes
SIDES = ("", "-top", "-right", "-bottom", "-left")

# What has the same name and the same values in CSS
ALIKE = frozenset(
    {
        *(f"{FO}{name}{side}" for name in ("margin", "padding", "border") for side in SIDES),
        *(f"{FO}{name}" for name in ("color", "background-color", "font-size", "font-style", "font-weight")),
        *(f"{FO}{name}" for name in ("font-variant", "text-transform", "letter-spacing", "text-align", "text-indent")),
        f"{FO}orphans",
        f"{FO}widows",
    }
)
# attribute and value: declarations
NAMED = {
    (f"{FO}break-before", "page"): {"break-before": "page"},
    (f"{FO}break-after", "page"): {"break-after": "page"},
    (f"{FO}keep-with-next", "always"): {"break-after": "avoid"},
    (f"{FO}keep-together", "always"): {"break-inside": "avoid"},
    (f"{STYLE}vertical-align", "middle"): {"vertical-align": "middle"},
    (f"{STYLE}vertical-align", "bottom"): {"vertical-align": "bottom"},
    (f"{TABLE}align", "center"): {"margin-left": "auto", "margin-right": "auto"},
    (f"{TABLE}align", "right"): {"margin-left": "auto", "margin-right": "0"},
    (f"{TABLE}border-model", "collapsing"): {"border-collapse": "collapse"},
    (f"{TEXT}display", "none"): {"display": "none"},
    (f"{STYLE}horizontal-pos", "left"): {"float": "left"},
    (f"{STYLE}horizontal-pos", "right"): {"float": "right"},
    (f"{STYLE}horizontal-pos", "center"): {"display": "block", "margin-left": "auto", "margin-right": "auto"},
}
SIZES = {
    f"{STYLE}width": "width",
    f"{STYLE}column-width": "width",
    f"{STYLE}row-height": "height",
    f"{STYLE}min-row-height": "height",
}
KINDS = frozenset(
    f"{STYLE}{kind}-properties"
    for kind in ("text", "paragraph", "table", "table-column", "table-row", "table-cell", "graphic")
)

Look = Mapping[str, str]


def length(text: str | None) -> float | None:
    """A length in centimetres, None where there is none or it is out of all bounds."""
    match = LENGTH.fullmatch(text or "")
    if match is None or not match[1].strip("-."):
        return None
    centimetres = float(match[1]) * CENTIMETRES[match[2]]
    return centimetres if abs(centimetres) <= LONGEST else None


class Looks:
    """The styles that one part of a document can name: the common ones, and its own, which nobody else sees."""

    def __init__(self, *roots: Any):
        self._styles: dict[tuple[str, str], Any] = {}
        self._defaults: dict[str, Any] = {}
        self._fonts: dict[str, str] = {}
        self._known: dict[tuple[str, str], Look] = {}
        self._numbered: set[str] = set()
        for root in roots:
            for style in root.iter(f"{TEXT}list-style"):
                if style.find(f"{TEXT}list-level-style-number[@{TEXT}level='1']") is not None:
                    self._numbered.add(style.get(f"{STYLE}name", ""))
            for face in root.iter(f"{STYLE}font-face"):
                self._fonts[face.get(f"{STYLE}name", "")] = face.get(f"{SVG}font-family", "")
            for style in root.iter(f"{STYLE}style"):
                self._styles[style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")] = style
            for style in root.iter(f"{STYLE}default-style"):
                self._defaults[style.get(f"{STYLE}family", "")] = style

    def css(self, family: str, name: str | None) -> str:
        """The declarations of a style with all that it inherits."""
        return "; ".join(f"{key}: {value}" for key, value in self.look(family, name).items())

    def look(self, family: str, name: str | None) -> Look:
        """The same by property."""
        key = (family, name or "")
        if key not in self._known:
            found: dict[str, str] = {}
            for style in reversed(list(self._chain(family, name))):
                for properties in style.iterchildren(*KINDS):
                    for attribute, value in properties.attrib.items():
                        found |= self._declared(attribute, value)
            self._known[key] = found
        return self._known[key]

    def tab_stops(self, name: str | None) -> list[tuple[str, float]]:
        """Kind and place of a paragraph's tab stops, from the left; those of the nearest style that has any."""
        for style in self._chain("paragraph", name):
            stops = list(style.iter(f"{STYLE}tab-stop"))
            if stops or style.find(f"{STYLE}paragraph-properties/{STYLE}tab-stops") is not None:
                places = [(one.get(f"{STYLE}type", "left"), length(one.get(f"{STYLE}position"))) for one in stops]
                return sorted(((kind, at) for kind, at in places if at), key=lambda stop: stop[1])
        return []

    def is_numbered(self, name: str | None) -> bool:
        """Whether the list style counts its items."""
        return name in self._numbered

    def _chain(self, family: str, name: str | None) -> Iterator[Any]:
        """The style, its parents, and the family's default; each once, whatever a broken document says."""
        seen: set[str] = set()
        while name and name not in seen and (family, name) in self._styles:
            seen.add(name)
            style = self._styles[family, name]
            yield style
            name = style.get(f"{STYLE}parent-style-name")
        if family in self._defaults:
            yield self._defaults[family]

    def _declared(self, attribute: str, value: str) -> Look:
        if (attribute, value) in NAMED:
            return NAMED[attribute, value]
        if attribute in ALIKE:
            sane = PLAIN.fullmatch(value) and _is_sane(value)
            return {etree.QName(attribute).localname: value} if sane else {}
        if attribute in SIZES:
            size = length(value)
            return {SIZES[attribute]: f"{size:.3f}cm"} if size and size > 0 else {}
        if attribute == f"{STYLE}font-name":
            return _family(self._fonts.get(value, value))
        return TURNED[attribute](value) if attribute in TURNED else {}


def _is_sane(value: str) -> bool:
    """Whether every length in it is within bounds; a percentage and a plain number may have three places before the point."""
    words = [word for word in value.split() if word[0].isdigit() or word[0] in "-."]
    return all(length(word) is not None or re.fullmatch(r"-?\d{0,3}(\.\d{1,6})?%?", word) for word in words)


def _line_height(value: str) -> Look:
    """Percents are of what the font asks for, not of its size."""
    if re.fullmatch(r"\d{1,3}(\.\d{1,6})?%", value):
        return {"line-height": f"{float(value[:-1]) / 100 * NATURAL:.3f}"}
    return {} if length(value) is None else {"line-height": value}


def _family(value: str) -> Look:
    names = [name.strip(" '\"") for name in value.split(",")]
    named = [f"'{name}'" for name in names if name and PLAIN.fullmatch(name)]
    return {"font-family": ", ".join([*named, "'Liberation Sans'", "sans-serif"])} if named else {}


def _lined(kind: str) -> Callable[[str], Look]:
    return lambda style: {} if style == "none" else {"text-decoration": kind}


def _raised(value: str) -> Look:
    side = value.partition(" ")[0]
    return {"vertical-align": side, "font-size": "58%"} if side in ("super", "sub") else {}


# attribute: what its value means in CSS
TURNED: Mapping[str, Callable[[str], Look]] = {
    f"{FO}line-height": _line_height,
    f"{FO}font-family": _family,
    f"{STYLE}text-underline-style": _lined("underline"),
    f"{STYLE}text-line-through-style": _lined("line-through"),
    f"{STYLE}text-position": _raised,
}

"""The sheet that an OpenDocument text is printed on: its size, its margins, and what stands in its head and foot."""

from typing import Any

from intellimeter.common.documents.odf_looks import FO, NS, OFFICE, STYLE, SVG, TABLE, TEXT, length

FRAME = f"{{{NS}drawing:1.0}}frame"
LINE = 0.5  # cm, of a line of text in a head or foot that grows with what is in it
SMALLEST = 5.0  # cm; a sheet of less would give pages without number
LETTER = (21.59, 27.94)
ALL_AROUND = 2.0


class Sheet:
    """`rule` is the CSS of the pages; `header` and `footer` are what stands on each, None where there is nothing."""

    def __init__(self, styles: Any):
        master = styles.find(f"{OFFICE}master-styles/{STYLE}master-page")
        layouts = {one.get(f"{STYLE}name"): one for one in styles.iter(f"{STYLE}page-layout")}
        self._layout = None if master is None else layouts.get(master.get(f"{STYLE}page-layout-name"))
        self.header, self.footer = (
            None if master is None else master.find(f"{STYLE}{name}") for name in ("header", "footer")
        )
        self.rule = self._rule()

    def _rule(self) -> str:
        width, height = (
            max(self._size(f"{FO}page-{name}", default), SMALLEST)
            for name, default in zip(("width", "height"), LETTER, strict=True)
        )
        margin = self._size(f"{FO}margin", ALL_AROUND)
        top, right, bottom, left = (
            min(max(self._size(f"{FO}margin-{side}", margin), 0), SMALLEST)
            for side in ("top", "right", "bottom", "left")
        )
        head = self._taken(self.header, "header", "bottom")
        foot = self._taken(self.footer, "footer", "top")
        margins = " ".join(f"{size:.3f}cm" for size in (top + head, right, bottom + foot, left))
        return (
            f"@page {{ size: {width:.3f}cm {height:.3f}cm; margin: {margins};"
            f" @top-center {{ content: element(head); width: 100%; vertical-align: top; padding-top: {top:.3f}cm }}"
            f" @bottom-center {{ content: element(foot); width: 100%; vertical-align: bottom;"
            f" padding-bottom: {bottom:.3f}cm }} }}"
        )

    def _size(self, attribute: str, default: float) -> float:
        properties = None if self._layout is None else self._layout.find(f"{STYLE}page-layout-properties")
        size = None if properties is None else length(properties.get(attribute))
        return default if size is None else size

    def _taken(self, part: Any, name: str, side: str) -> float:
        """How high a head or foot is, with its distance from the text."""
        if part is None or self._layout is None:
            return 0.0
        properties = self._layout.find(f"{STYLE}{name}-style/{STYLE}header-footer-properties")
        told, distance = (
            (None if properties is None else length(properties.get(attribute))) or 0.0
            for attribute in (f"{FO}min-height", f"{FO}margin-{side}")
        )
        fixed = None if properties is None else length(properties.get(f"{SVG}height"))
        return min(fixed or max(told, _height(part) + distance), SMALLEST * 2)


def _height(part: Any) -> float:
    """About what the paragraphs, tables and pictures in it take."""
    if part.tag == f"{TABLE}table-row":
        return max((_height(cell) for cell in part), default=0.0)
    if part.tag in (f"{TEXT}p", f"{TEXT}h"):
        lines = 1 + sum(1 for _ in part.iter(f"{TEXT}line-break"))
        pictures = (length(frame.get(f"{SVG}height")) or 0.0 for frame in part.iter(FRAME))
        return max(lines * LINE, max(pictures, default=0.0))
    return sum(_height(child) for child in part if isinstance(child.tag, str))

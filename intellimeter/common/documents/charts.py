"""Small charts as SVG, for documents and pages. Every figure is written at its mark, so no colour is needed to read one.

Values are 0 or more; None is a span without figures, which a 0 must not look like. Sizes are CSS pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from intellimeter.common.documents import figures
from intellimeter.common.documents.drawing import (
    BAR,
    HAIRLINE,
    INK,
    MUTED,
    STRONG_BAR,
    box,
    element,
    rule,
    words,
)

TITLE_HEIGHT = 20.0
LABEL_HEIGHT = 22.0
FIGURE_HEIGHT = 10.0
NARROW_FIGURE = 0.58  # the width of a digit, in parts of the size of its type


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its label (two lines where it has a line break), its value, and whether it is the one talked about."""

    label: str
    value: Decimal | None
    strong: bool = False


def bar_chart(
    *, title: str, unit: str, bars: Sequence[Bar], width: int = 345, height: int = 112, note: str = ""
) -> str:
    """Columns side by side with their figures above and their labels below; what has no figure has a dash."""
    top = max((bar.value for bar in bars if bar.value is not None), default=Decimal(0))
    slot = width / max(len(bars), 1)
    room = height - TITLE_HEIGHT - FIGURE_HEIGHT - LABEL_HEIGHT
    size = _figure_size(bars, slot)
    ground = height - LABEL_HEIGHT
    parts = []
    for position, bar in enumerate(bars):
        tall = float(bar.value / top) * room if bar.value and top else 0.0
        parts += _column(bar, middle=slot * (position + 0.5), slot=slot, ground=ground, tall=tall, size=size)
    parts.append(rule(0, ground, width, ground, colour=HAIRLINE))
    return element(title=title, unit=unit, width=width, height=height, parts=parts, note=note)


def _column(bar: Bar, *, middle: float, slot: float, ground: float, tall: float, size: float) -> list[str]:
    wide = slot * 0.68
    figure = "–" if bar.value is None else figures.rounded(bar.value)
    parts = [words(figure, middle, ground - tall - 3, size, strong=bar.strong)]
    if tall:
        parts.append(box(middle - wide / 2, ground - tall, wide, tall, colour=STRONG_BAR if bar.strong else BAR))
    for line, text in enumerate(bar.label.split("\n")):
        colour = INK if bar.strong else MUTED
        parts.append(words(text, middle, ground + 9 + 8 * line, 6.8, colour=colour, strong=bar.strong))
    return parts


def _figure_size(bars: Sequence[Bar], slot: float) -> float:
    """The size of type at which the longest figure still fits over its column."""
    longest = max((len(figures.rounded(bar.value)) for bar in bars if bar.value is not None), default=1)
    return max(5.0, min(7.5, slot / (longest * NARROW_FIGURE) - 0.2))

"""Small charts as SVG, for documents. Every figure is written at its mark, so no colour is needed to read one."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from intellimeter.common.documents import figures

FONT = "Liberation Sans, Arial, DejaVu Sans, sans-serif"
INK = "#1f2937"
MUTED = "#6b7280"
HAIRLINE = "#d1d5db"
BAR = "#94b3cc"
STRONG_BAR = "#1d5b8f"
TITLE_HEIGHT = 20.0
LABEL_HEIGHT = 22.0
FIGURE_HEIGHT = 10.0
NARROW_FIGURE = 0.58  # the width of a digit, in parts of the size of its type


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its label (two lines where it has a line break), its value, and whether it is the one talked about.

    A value of None is a span without figures: it has a dash and no column, which a 0 must not look like.
    """

    label: str
    value: Decimal | None
    strong: bool = False


def bar_chart(*, title: str, unit: str, bars: Sequence[Bar], width: int = 345, height: int = 112) -> str:
    """Columns side by side with their figures above and their labels below, as one SVG element.

    `unit` is said once, in the title. Sizes are CSS pixels. Values are 0 or more.
    """
    top = max((bar.value for bar in bars if bar.value is not None), default=Decimal(0))
    slot = width / max(len(bars), 1)
    room = height - TITLE_HEIGHT - FIGURE_HEIGHT - LABEL_HEIGHT
    size = _figure_size(bars, slot)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" aria-label={quoteattr(f"{title}, {unit}")} font-family={quoteattr(FONT)}>',
        f'<text x="0" y="10" font-size="9.5" font-weight="bold" fill="{INK}">{escape(title)}'
        f'<tspan font-weight="normal" fill="{MUTED}"> ({escape(unit)})</tspan></text>',
    ]
    ground = height - LABEL_HEIGHT
    for position, bar in enumerate(bars):
        tall = float(bar.value / top) * room if bar.value and top else 0.0
        parts += _column(bar, middle=slot * (position + 0.5), slot=slot, ground=ground, tall=tall, size=size)
    parts.append(f'<line x1="0" y1="{ground}" x2="{width}" y2="{ground}" stroke="{HAIRLINE}" stroke-width="0.75"/>')
    return "".join([*parts, "</svg>"])


def _column(bar: Bar, *, middle: float, slot: float, ground: float, tall: float, size: float) -> list[str]:
    weight = ' font-weight="bold"' if bar.strong else ""
    wide = slot * 0.68
    figure = "–" if bar.value is None else figures.rounded(bar.value)
    parts = [_text(figure, middle, ground - tall - 3, size, INK, weight)]
    if tall:
        colour = STRONG_BAR if bar.strong else BAR
        parts.append(
            f'<rect x="{middle - wide / 2:.2f}" y="{ground - tall:.2f}" width="{wide:.2f}" height="{tall:.2f}"'
            f' fill="{colour}"/>'
        )
    for line, text in enumerate(bar.label.split("\n")):
        parts.append(_text(text, middle, ground + 9 + 8 * line, 6.8, INK if bar.strong else MUTED, weight))
    return parts


def _text(text: str, x: float, y: float, size: float, colour: str, weight: str) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:.1f}" text-anchor="middle" fill="{colour}"{weight}>'
        f"{escape(text)}</text>"
    )


def _figure_size(bars: Sequence[Bar], slot: float) -> float:
    """The size of type at which the longest figure still fits over its column."""
    longest = max((len(figures.rounded(bar.value)) for bar in bars if bar.value is not None), default=1)
    return max(5.0, min(7.5, slot / (longest * NARROW_FIGURE) - 0.2))

"""What charts are drawn with: one SVG element, words in it, and how much room words take. Sizes are CSS pixels."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

FONT = "Liberation Sans, Arial, DejaVu Sans, sans-serif"
INK = "#1f2937"
MUTED = "#6b7280"
HAIRLINE = "#d1d5db"
BAR = "#94b3cc"
STRONG_BAR = "#1d5b8f"
PAPER = "#ffffff"
NARROW, WIDE, USUAL, DIGIT, CAPITAL = 0.29, 0.87, 0.54, 0.556, 0.69  # widths of letters, in parts of the size of type


def element(*, title: str, unit: str, width: float, height: float, parts: Iterable[str], note: str = "") -> str:
    """The SVG of the parts under their title, which says the unit once; `note` goes on after it in grey."""
    told = f" ({escape(unit)})" + (f" · {escape(note)}" if note else "")
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" aria-label={quoteattr(f"{title}, {unit}")} font-family={quoteattr(FONT)}>'
    )
    heading = (
        f'<text x="0" y="10" font-size="9.5" font-weight="bold" fill="{INK}">{escape(title)}'
        f'<tspan font-weight="normal" fill="{MUTED}">{told}</tspan></text>'
    )
    return "".join([opening, heading, *parts, "</svg>"])


def words(
    text: str, x: float, y: float, size: float, *, colour: str = INK, anchor: str = "middle", strong: bool = False
) -> str:
    """A line of text, whose middle, start or end is at x and whose foot is at y."""
    weight = ' font-weight="bold"' if strong else ""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:.1f}" text-anchor="{anchor}" fill="{colour}"{weight}>'
        f"{escape(text)}</text>"
    )


def box(x: float, y: float, width: float, height: float, *, colour: str, outlined: bool = False) -> str:
    """A rectangle, full or outlined: the two are told apart without colour."""
    if outlined:
        inset = 0.5
        width, height = max(width - 2 * inset, 0.1), max(height - 2 * inset, 0.1)
        return (
            f'<rect x="{x + inset:.2f}" y="{y + inset:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{PAPER}"'
            f' stroke="{colour}" stroke-width="1"/>'
        )
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{colour}"/>'


def rule(x1: float, y1: float, x2: float, y2: float, *, colour: str = HAIRLINE, width: float = 0.75) -> str:
    """A straight line."""
    return f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{colour}" stroke-width="{width:g}"/>'


def width_of(text: str, size: float) -> float:
    """About how wide the text is."""
    return size * sum(map(_letter, text))


def elided(text: str, room: float, size: float) -> str:
    """The text, or as much of its beginning as there is room for, with an ellipsis."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _letter(letter: str) -> float:
    if letter in "iljtfr.,:;'|I! ()-":
        return NARROW
    if letter in "mwMW@%—…":
        return WIDE
    if letter.isdigit():
        return DIGIT
    return CAPITAL if letter.isupper() else USUAL

"""Bars that lie: shares and rankings, with names of any length at their left and figures at their ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from intellimeter.common.documents import figures
from intellimeter.common.documents.drawing import (
    BAR,
    INK,
    MUTED,
    PAPER,
    STRONG_BAR,
    box,
    element,
    elided,
    width_of,
    words,
)

HEAD = 21.0
NAME, FIGURE, KEY = 8.0, 7.5, 7.0  # sizes of type
NAMES_AT_MOST = 0.34  # of the width
GAP = 7.0
ROWS_A_CHART = 25  # of which a chart still fits on half a page or, with bars in pairs, on a page


@dataclass(frozen=True, slots=True)
class RankedBar:
    """A name, its value, what is written after its figure, and the value it is compared with (a second, outlined bar)."""

    label: str
    value: Decimal | None
    note: str = ""
    other: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole: its name and value."""

    label: str
    value: Decimal


def ranked_bars(
    *, title: str, unit: str, bars: Sequence[RankedBar], names: tuple[str, str] | None = None, width: int = 686
) -> list[str]:
    """One row per bar, in the order given, on as many charts of one scale as it takes that each of them fits on a page.

    `names` say what the full and the outlined bars are, where there are both.
    """
    left = min(max((width_of(bar.label, NAME) for bar in bars), default=0) * 1.06 + GAP, width * NAMES_AT_MOST)
    ends = [_end(bar.value, bar.note) for bar in bars] + [_end(bar.other, "") for bar in bars if names]
    right = max((width_of(end, FIGURE) for end in ends), default=0) * 1.06 + GAP
    top = max((value for bar in bars for value in (bar.value, bar.other) if value), default=Decimal(0))
    plot = _Plot(left, width - left - right, top)
    count = max(1, -(-len(bars) // ROWS_A_CHART))
    rows = -(-len(bars) // count)
    charts = []
    for number in range(count):
        mine = bars[number * rows : (number + 1) * rows]
        parts = [*(_key(names, width) if names else []), *plot.rows(mine, paired=names is not None)]
        height = HEAD + _row_height(paired=names is not None) * len(mine) + 2
        told = f"{title}, continued" if number else title
        charts.append(element(title=told, unit=unit, width=width, height=height, parts=parts))
    return charts


def split_bar(*, title: str, unit: str, first: Part, second: Part, width: int = 686) -> str:
    """One bar for a whole of two parts, full and outlined, with name, share and figure of each beneath its end."""
    whole = first.value + second.value
    wide = float(first.value / whole) * width if whole else 0.0
    parts = []
    if whole:
        parts += [box(0, HEAD, width, 16, colour=STRONG_BAR, outlined=True)]
        parts += [box(0, HEAD, wide, 16, colour=STRONG_BAR)] if wide else []
        parts += [_inside(first, whole, wide / 2, wide, PAPER)]
        parts += [_inside(second, whole, wide + (width - wide) / 2, width - wide, INK)]
    for part, x, anchor in ((first, 0.0, "start"), (second, float(width), "end")):
        parts.append(words(f"{part.label}: {figures.rounded(part.value)} {unit}", x, HEAD + 26, NAME, anchor=anchor))
    return element(title=title, unit=unit, width=width, height=HEAD + 31, parts=parts)


def _inside(part: Part, whole: Decimal, middle: float, room: float, colour: str) -> str:
    share = f"{part.value / whole * 100:.1f}%"
    return words(share, middle, HEAD + 11, NAME, colour=colour, strong=True) if room > width_of(share, NAME) else ""


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where bars begin, and how long one of the top value is."""

    left: float
    room: float
    top: Decimal

    def rows(self, bars: Sequence[RankedBar], *, paired: bool) -> list[str]:
        """Each bar with its name; with the one that it is compared with beneath it, where they come in pairs."""
        parts = []
        for place, bar in enumerate(bars):
            y = HEAD + _row_height(paired=paired) * place
            label = elided(bar.label, self.left - GAP, NAME)
            parts.append(words(label, self.left - GAP, y + (13.0 if paired else 9.5), NAME, anchor="end"))
            parts += self.bar(bar.value, _end(bar.value, bar.note), y)
            if paired:
                parts += self.bar(bar.other, _end(bar.other, ""), y + 11.5, outlined=True)
        return parts

    def bar(self, value: Decimal | None, end: str, y: float, *, outlined: bool = False) -> list[str]:
        tall = 8 if outlined else 11
        long = float(value / self.top) * self.room if value and self.top else 0.0
        colour = BAR if outlined else STRONG_BAR
        drawn = [box(self.left, y, long, tall, colour=colour, outlined=outlined)] if long else []
        size, ink = (KEY, MUTED) if outlined else (FIGURE, INK)
        return [*drawn, words(end, self.left + long + 4, y + tall - 2, size, colour=ink, anchor="start")]


def _row_height(*, paired: bool) -> float:
    return 25.0 if paired else 17.0


def _end(value: Decimal | None, note: str) -> str:
    figure = "–" if value is None else figures.rounded(value)
    return f"{figure} · {note}" if note else figure


def _key(names: tuple[str, str], width: float) -> list[str]:
    """What full and outlined stand for, at the right of the title."""
    full, outlined = names
    x = width - width_of(outlined, KEY) * 1.06
    parts = [words(outlined, x, 10, KEY, anchor="start"), box(x - 12, 3.5, 9, 7, colour=STRONG_BAR, outlined=True)]
    x -= 24 + width_of(full, KEY) * 1.06
    return [*parts, words(full, x, 10, KEY, anchor="start"), box(x - 12, 3.5, 9, 7, colour=STRONG_BAR)]

"""Lines over time. Each is named at its end and drawn in its own way, full or dashed; the extremes have their figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from intellimeter.common.documents import figures
from intellimeter.common.documents.drawing import (
    HAIRLINE,
    INK,
    MUTED,
    PAPER,
    STRONG_BAR,
    element,
    rule,
    width_of,
    words,
)

HEAD, FOOT = 26.0, 16.0
SIZE = 7.0
LINES_BETWEEN = 4
NAMES_APART = 9.0
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A name and its values, one a step; None breaks the line. The strong one is full, others are dashed."""

    name: str
    values: Sequence[Decimal | None]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values and steps lie."""

    left: float
    right: float
    ground: float
    top: Decimal
    steps: int

    def at(self, place: int, value: Decimal) -> Point:
        wide = (self.right - self.left) / max(self.steps - 1, 1)
        return self.left + wide * place, self.ground - float(value / self.top) * (self.ground - HEAD)


def line_chart(
    *,
    title: str,
    unit: str,
    lines: Sequence[Line],
    ticks: Sequence[tuple[int, str]],
    width: int = 686,
    height: int = 150,
) -> str:
    """The lines over their steps. `ticks` are labels of steps, by their places."""
    top = _round_up(max((value for line in lines for value in line.values if value is not None), default=Decimal(0)))
    marks = [top * step / LINES_BETWEEN for step in range(LINES_BETWEEN + 1)]
    left = max(width_of(_written(mark), SIZE) for mark in marks) + 6
    right = width - max((width_of(line.name, SIZE) for line in lines), default=0) * 1.06 - 8
    plot = _Plot(left, right, height - FOOT, top, max((len(line.values) for line in lines), default=0))
    parts = [_scale(plot, mark) for mark in marks]
    for place, label in ticks:
        x, _ = plot.at(place, Decimal(0))
        parts.append(rule(x, plot.ground, x, plot.ground + 3, colour=MUTED))
        parts.append(words(label, x, plot.ground + 11, SIZE, colour=MUTED))
    for line in sorted(lines, key=lambda line: line.strong):
        parts += _drawn(line, plot)
    parts += _names(lines, plot)
    parts += [part for line in lines if line.strong for part in _extremes(line, plot)]
    return element(title=title, unit=unit, width=width, height=height, parts=parts)


def _scale(plot: _Plot, mark: Decimal) -> str:
    _, y = plot.at(0, mark)
    label = words(_written(mark), plot.left - 5, y + 2.5, SIZE, colour=MUTED, anchor="end")
    return rule(plot.left, y, plot.right, y, colour=HAIRLINE, width=0.5) + label


def _written(mark: Decimal) -> str:
    """Without idle zeros: the marks of a scale are round numbers, `5` and `10k`."""
    text = figures.rounded(mark)
    number = text.rstrip("kM")
    return number.rstrip("0").rstrip(".") + text[len(number) :] if "." in number else text


def _drawn(line: Line, plot: _Plot) -> list[str]:
    colour, wide, dashes = (STRONG_BAR, 1.6, "") if line.strong else (MUTED, 1.1, ' stroke-dasharray="4 2.5"')
    parts = []
    for stretch in _stretches(line, plot):
        if len(stretch) == 1:
            [(x, y)] = stretch
            parts.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="1.8" fill="{colour}"/>')
            continue
        path = " ".join(f"{x:.2f},{y:.2f}" for x, y in stretch)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{wide}" stroke-linejoin="round"{dashes}/>'
        )
    return parts


def _stretches(line: Line, plot: _Plot) -> list[list[Point]]:
    """The points of each part of the line that nothing breaks."""
    found: list[list[Point]] = [[]]
    for place, value in enumerate(line.values):
        if value is not None:
            found[-1].append(plot.at(place, value))
        elif found[-1]:
            found.append([])
    return [stretch for stretch in found if stretch]


def _names(lines: Sequence[Line], plot: _Plot) -> list[str]:
    """Each line's name beside its last point, moved apart where two would lie on each other."""
    ends = []
    for line in lines:
        places = [place for place, value in enumerate(line.values) if value is not None]
        if places:
            value = line.values[places[-1]]
            assert value is not None
            ends.append((plot.at(places[-1], value)[1], line))
    parts, lowest = [], float("-inf")
    ends.sort(key=lambda end: end[0])
    for place, (wanted, line) in enumerate(ends):
        ceiling = plot.ground - NAMES_APART * (len(ends) - 1 - place)
        y = max(min(wanted, ceiling), lowest + NAMES_APART)
        lowest = y
        colour = STRONG_BAR if line.strong else MUTED
        parts.append(words(line.name, plot.right + 5, y + 2.5, SIZE, colour=colour, anchor="start", strong=line.strong))
    return parts


def _extremes(line: Line, plot: _Plot) -> list[str]:
    """The figures of the highest and the lowest point."""
    known = [(value, place) for place, value in enumerate(line.values) if value is not None]
    if len({value for value, _ in known}) < 2:
        return []
    parts = []
    for (value, place), offset in ((max(known, key=lambda one: one[0]), -5.0), (min(known), 10.0)):
        x, y = plot.at(place, value)
        figure = figures.rounded(value)
        half = width_of(figure, SIZE) / 2
        x_text = min(max(x, plot.left + half), plot.right - half)
        y_text = y + offset if y + offset < plot.ground - 1 else y - 5
        parts.append(
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="2.2" fill="{PAPER}" stroke="{STRONG_BAR}" stroke-width="1.2"/>'
        )
        parts.append(words(figure, x_text, y_text, SIZE, colour=INK, strong=True))
    return parts


def _round_up(value: Decimal) -> Decimal:
    """The least number at or above the value that a scale can end with: 1, 2, 4, 6, 8 or 10 times a power of ten."""
    if value <= 0:
        return Decimal(1)
    power = Decimal(10) ** value.adjusted()
    leading = (value / power).quantize(Decimal("0.000001"), rounding=ROUND_CEILING)
    return next(power * step for step in (1, 2, 4, 6, 8, 10) if leading <= step)

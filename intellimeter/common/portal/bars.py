"""A bar chart as plain rectangles: where each bar stands, in the units of an SVG view box. Knows no template."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 600
HEIGHT = 120
GAP = Decimal("0.2")


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle, its numbers written for SVG whatever the reader's language, and what it stands for."""

    x: str
    y: str
    width: str
    height: str
    label: str
    value: Decimal


def bars(values: Sequence[tuple[str, Decimal]]) -> list[Bar]:
    """One bar per (label, value), side by side; the highest fills the height, none is below the base line."""
    highest = max((value for _, value in values), default=Decimal(0))
    if highest <= 0:
        return []
    step = Decimal(WIDTH) / len(values)
    return [
        Bar(
            x=f"{step * index + step * GAP / 2:.2f}",
            y=f"{HEIGHT - _height(value, highest):.2f}",
            width=f"{step * (1 - GAP):.2f}",
            height=f"{_height(value, highest):.2f}",
            label=label,
            value=value,
        )
        for index, (label, value) in enumerate(values)
    ]


def _height(value: Decimal, highest: Decimal) -> Decimal:
    return max(Decimal(0), value / highest * HEIGHT)

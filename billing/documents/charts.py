"""The charts of a suite's use, the same in PDF and ODT."""

from dataclasses import dataclass

from billing.documents.content import UseChart
from intellimeter.common.documents.charts import bar_chart

# CSS pixels: across the page, or two side by side
WIDE, HALF, TALL = 686, 335, 90


@dataclass(frozen=True, slots=True)
class UsePicture:
    """A chart drawn: SVG of so many CSS pixels, and what it shows in words for who cannot see it."""

    name: str
    svg: bytes
    width: int
    height: int
    title: str


def use_pictures(charts: tuple[UseChart, ...]) -> list[UsePicture]:
    """One picture per utility; one alone takes the width of the page."""
    width = WIDE if len(charts) == 1 else HALF
    return [
        UsePicture(
            name=f"usage-{chart.title.lower()}.svg",
            svg=bar_chart(title=chart.title, unit=chart.unit, bars=chart.bars, width=width, height=TALL).encode(),
            width=width,
            height=TALL,
            title=f"{chart.title} in {chart.unit}, {_in_words(chart)}",
        )
        for chart in charts
    ]


def _in_words(chart: UseChart) -> str:
    return ", ".join(
        f"{bar.label.replace(chr(10), ' ')} {'–' if bar.value is None else bar.value}" for bar in chart.bars
    )

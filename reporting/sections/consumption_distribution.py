"""ConsumptionDistribution: each property's share of the whole."""

from collections.abc import Iterator
from decimal import Decimal

from intellimeter.common.documents.charts_ranked import RankedBar, ranked_bars
from reporting.sections import section
from reporting.sections.estate import Estate, total
from reporting.sections.parts import Part, Picture, percent
from reporting.sections.words import unread


@section(
    "ConsumptionDistribution",
    title="Where it was used",
    lead="Each property’s share of what all of them used, the largest first.",
)
def consumption_distribution(estate: Estate) -> Iterator[Part]:
    """A chart per utility."""
    for utility in estate.utilities:
        if not estate.was_used(utility):
            yield unread(utility)
            continue
        uses = sorted(estate.uses(utility), key=lambda use: -(use.now or Decimal(0)))
        whole = total(use.now for use in uses)
        bars = [
            RankedBar(use.name, use.now, percent(use.now / whole) if whole and use.now is not None else "")
            for use in uses
        ]
        title = str(utility.label)
        for svg in ranked_bars(title=title, unit=utility.unit_label, bars=bars):
            yield Picture(f"{title} by property", svg)

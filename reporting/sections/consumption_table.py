"""ConsumptionTable: what each property used of each utility, beside the period before."""

from collections.abc import Iterator

from metering.enums import Utility
from reporting.sections import section
from reporting.sections.estate import Estate, Use, names_of, total
from reporting.sections.parts import Column, Grid, Kind, Part, Row

COLUMNS = (
    Column("Property", Kind.TEXT),
    Column("This period"),
    Column("Period before"),
    Column("Difference"),
    Column("Change", Kind.CHANGE),
    Column("Per day"),
)


@section(
    "ConsumptionTable",
    title="Consumption by property",
    lead="What each property used in this period, and in the period before.",
)
def consumption_table(estate: Estate) -> Iterator[Part]:
    """A table per utility, with a total over the properties."""
    for utility in estate.utilities:
        yield _grid(estate, utility)


def _grid(estate: Estate, utility: Utility) -> Grid:
    uses = estate.uses(utility)
    rows = [_row(use, estate) for use in uses]
    whole = Use(
        "All properties", uses[0].owner, utility, total(use.now for use in uses), total(use.before for use in uses)
    )
    totals = [_row(whole, estate)] if len(uses) > 1 else []
    return Grid(names_of(utility), COLUMNS, rows, totals)


def _row(use: Use, estate: Estate) -> Row:
    difference = None if use.now is None or use.before is None else use.now - use.before
    per_day = None if use.now is None else use.now / len(estate.days)
    cells = (use.name, use.now, use.before, difference, use.change, per_day)
    return Row(cells, marked=use.marked)

"""TopSuitesTable: the largest suites with their shares and changes."""

from collections.abc import Iterator

from reporting.sections import ranking, section
from reporting.sections.estate import Estate
from reporting.sections.parts import Part
from reporting.sections.words import unread


@section(
    "TopSuitesTable",
    title="The largest suites in figures",
    lead="Those that used the most in this period, with their share of what all suites used and their change.",
)
def top_suites_table(estate: Estate) -> Iterator[Part]:
    """A table per utility of the ten largest."""
    names = ("Suite", "Property") if len(estate.properties) > 1 else ("Suite",)
    for utility in estate.utilities:
        uses = estate.suite_uses(utility)
        if ranking.largest(uses):
            yield from ranking.table(estate, uses, utility, what="suites", names=names)
        else:
            yield unread(utility)

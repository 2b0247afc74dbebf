"""TopPropertiesTable: the largest properties with their shares and changes."""

from collections.abc import Iterator

from reporting.sections import ranking, section
from reporting.sections.estate import Estate
from reporting.sections.parts import Part
from reporting.sections.words import unread


@section(
    "TopPropertiesTable",
    title="The largest properties in figures",
    lead="Those that used the most in this period, with their share of what all properties used and their change.",
)
def top_properties_table(estate: Estate) -> Iterator[Part]:
    """A table per utility of the ten largest."""
    names = ("Property",)
    for utility in estate.utilities:
        uses = estate.uses(utility)
        if ranking.largest(uses):
            yield from ranking.table(estate, uses, utility, what="properties", names=names)
        else:
            yield unread(utility)

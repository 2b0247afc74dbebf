"""TopSuites: the largest suites as bars, beside what they used in the period before."""

from collections.abc import Iterator

from reporting.sections import ranking, section
from reporting.sections.estate import Estate
from reporting.sections.parts import Part
from reporting.sections.words import unread


@section(
    "TopSuites",
    title="The largest suites",
    lead="Those that used the most in this period, each beside what it used in the period before.",
)
def top_suites(estate: Estate) -> Iterator[Part]:
    """A chart per utility of the ten largest."""
    for utility in estate.utilities:
        uses = estate.suite_uses(utility)
        if ranking.largest(uses):
            yield from ranking.chart(uses, utility, what="suites", with_owner=len(estate.properties) > 1)
        else:
            yield unread(utility)

"""The sections of scheduled reports, one file each (reference, Scheduled Reports). A section says what, and knows no PDF."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from intellimeter.common.registry import Registry
from reporting.sections.estate import Estate
from reporting.sections.parts import Part

Build = Callable[[Estate], Iterator[Part]]


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A section's heading, what it shows in a sentence, and what makes its tables and charts."""

    title: str
    lead: str
    build: Build


SECTIONS: Registry[SectionKind] = Registry("report section")


def section(name: str, *, title: str, lead: str) -> Callable[[Build], Build]:
    """Register what builds the section of that name."""

    def keep(build: Build) -> Build:
        SECTIONS.register(name)(SectionKind(title, lead, build))
        return build

    return keep


# Each registers itself, in the reference's order.
# isort: off
from reporting.sections import consumption_table  # noqa: E402, F401
from reporting.sections import consumption_monthly  # noqa: E402, F401
from reporting.sections import consumption_daily  # noqa: E402, F401
from reporting.sections import consumption_distribution  # noqa: E402, F401
from reporting.sections import weekend_distribution  # noqa: E402, F401
from reporting.sections import weekend_table  # noqa: E402, F401
from reporting.sections import top_properties  # noqa: E402, F401
from reporting.sections import top_suites  # noqa: E402, F401
from reporting.sections import top_properties_table  # noqa: E402, F401
from reporting.sections import top_suites_table  # noqa: E402, F401

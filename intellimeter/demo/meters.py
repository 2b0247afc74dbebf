"""The demo's meters: what each measures, how much runs through it, and what went wrong with some of them.

Registers are counted in thousandths of the meter's unit, so that sums are whole numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from metering.enums import Utility

THOUSAND = 1_000


@dataclass(frozen=True, kw_only=True)
class DemoMeter:
    """One meter. `mean` is its consumption in an average hour, `first_register` what it showed at the demo's start.

    What happened to it is told in time before the demo's day: `replaced` and `misread` at one hour, `silent` from the first
    to the second. A meter with `sums` shows what those meters measure together, and a little that is lost on the way.
    """

    serial_number: str
    name: str
    utility: Utility
    mean: int
    first_register: int
    suite: str | None = None
    floor: str | None = None
    general: bool = False
    register_max: int | None = None
    replaced: timedelta | None = None
    misread: timedelta | None = None
    silent: tuple[timedelta, timedelta] | None = None
    sums: tuple[str, ...] = ()


def suite_meters(
    job_number: str, suites: Sequence[str], utility: Utility, mean: int, special: Mapping[str, Mapping[str, Any]]
) -> list[DemoMeter]:
    """A meter of the utility in each suite, each of its own size; `special` says what is different at some suites'."""
    return [
        DemoMeter(
            serial_number=f"{job_number}-{utility.value}-{index + 1:02}",
            name=f"{suite} {utility.label}",
            utility=utility,
            suite=suite,
            floor=suite.removeprefix("Suite ")[:-2],
            mean=mean * (70 + index * 37 % 61) // 100,
            **{"first_register": (1_000 + index * 7_919 % 9_000) * THOUSAND, **special.get(suite, {})},
        )
        for index, suite in enumerate(suites)
    ]

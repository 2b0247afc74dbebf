"""The one door to figures: how much, of what, from when to when (decisions, sections 6 and 8; ADR 5).

Every range is (start, end] in UTC: a read at t reports consumption up to t. Consumption is the sum of the intervals of
the reads in the range, read from rollups wherever a whole local day or hour lies in it. Meters are named by primary
key; who may see them is the caller's affair. The number of queries does not depend on the number of meters.
"""

from metering.consumption.figures import MeterName, MeterUse, RegisterAt, StepUse, SuiteMeterUse
from metering.consumption.meters import meter_consumption, meter_use, registers_at
from metering.consumption.months import monthly_suite_use
from metering.consumption.steps import Step, use_by_step
from metering.consumption.suites import counted_meters, property_use, suite_use

__all__ = [
    "MeterName",
    "MeterUse",
    "RegisterAt",
    "Step",
    "StepUse",
    "SuiteMeterUse",
    "counted_meters",
    "meter_consumption",
    "meter_use",
    "monthly_suite_use",
    "property_use",
    "registers_at",
    "suite_use",
    "use_by_step",
]

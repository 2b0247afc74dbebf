"""The one door to figures: how much, of what, from when to when (decisions, sections 6 and 8; ADR 5).

Every range is (start, end] in UTC: a read at t reports consumption up to t. Consumption is the sum of the intervals of
the reads in the range, read from rollups wherever a whole local day or hour lies in it. Meters are named by primary
key; who may see them is the caller's affair. The number of queries does not depend on the number of meters.
"""

from metering.consumption.days import registers_by_day
from metering.consumption.figures import (
    DayRegisters,
    MeterName,
    MeterUse,
    RangeFigures,
    RegisterAt,
    StepFigures,
    StepUse,
    SuiteMeterUse,
)
from metering.consumption.meters import meter_consumption, meter_use, registers_at
from metering.consumption.months import monthly_suite_use
from metering.consumption.ranges import range_figures
from metering.consumption.steps import Step, figures_by_step, use_by_step
from metering.consumption.suites import Served, counted_meters, property_use, served_within, suite_use
from metering.consumption.totals import Reading, properties_by_day, properties_by_month, readings, suites_total

__all__ = [
    "DayRegisters",
    "MeterName",
    "MeterUse",
    "RangeFigures",
    "Reading",
    "RegisterAt",
    "Served",
    "Step",
    "StepFigures",
    "StepUse",
    "SuiteMeterUse",
    "counted_meters",
    "figures_by_step",
    "meter_consumption",
    "meter_use",
    "monthly_suite_use",
    "properties_by_day",
    "properties_by_month",
    "property_use",
    "range_figures",
    "readings",
    "registers_at",
    "registers_by_day",
    "served_within",
    "suite_use",
    "suites_total",
    "use_by_step",
]

"""How reads look from outside (reference, Read): the keys of each row, and the names of a group's points."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from intellimeter.common.local_time import local_stamp, zone_of
from metering.enums import Utility
from metering.models import Property, Suite
from metering.recent import GroupRow, MeterRow

POINTS = {Utility.ELECTRICITY: "kwh", Utility.WATER: "water_m3", Utility.GAS: "gas_m3"}
"""What a group's register is called; with `_interval` behind it, its consumption since the read before."""


def meter_row(property: Property, row: MeterRow) -> dict[str, Any]:
    """A meter's read with its own points."""
    meter = row.meter
    return {
        **(row.points or {}),
        "floor": meter.floor,
        meter.units: row.register,
        f"{meter.units}_interval": row.interval,
        "meter": meter.public_id,
        "name": meter.name,
        "panel": meter.panel,
        "serial_number": meter.serial_number,
        "suite": cast("Any", meter).suite_public_id,
        "time_stamping": _stamp(property, row),
        "units": meter.units,
        "utility": meter.utility,
    }


def suite_row(property: Property, row: GroupRow) -> dict[str, Any]:
    """What a suite's meters add up to."""
    suite = cast("Suite", row.group)
    return _totals(row) | {
        "suite": suite.public_id,
        "suite_name": suite.name,
        "time_stamping": _stamp(property, row),
    }


def property_row(property: Property, row: GroupRow) -> dict[str, Any]:
    """What a property's meters add up to."""
    return {
        "address": property.address,
        "display_name": property.display_name,
        "job_name": property.job_name,
        "job_number": property.job_number,
        **_totals(row),
        "property": property.public_id,
        "time_stamping": _stamp(property, row),
    }


SHAPES: Mapping[str, Callable[[Property, Any], dict[str, Any]]] = {
    "meter": meter_row,
    "suite": suite_row,
    "property": property_row,
}


def _totals(row: GroupRow) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for utility, total in row.totals.items():
        named[POINTS[utility]] = total.register
        named[f"{POINTS[utility]}_interval"] = total.interval
    return named


def _stamp(property: Property, row: MeterRow | GroupRow) -> str:
    return local_stamp(row.time, zone_of(property.timezone))

"""The columns that say whose figures a row has; every report of meters has them in this order."""

from typing import Any

from intellimeter.common.documents.table import Column
from metering.models import Meter

METER_COLUMNS = tuple(
    Column(name) for name in ("meter", "name", "serial_number", "suite", "suite_name", "utility", "units")
)


def meter_cells(meter: Meter) -> tuple[str | None, ...]:
    """The cells of these columns; the meter comes with the suite that it serves now."""
    annotated: Any = meter
    return (
        meter.public_id,
        meter.name,
        meter.serial_number,
        annotated.suite_public_id,
        annotated.suite_name,
        meter.utility,
        meter.units,
    )

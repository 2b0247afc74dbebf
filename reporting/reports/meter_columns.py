"""The columns that say whose figures a row has; every report of meters has them in this order, as `ReportMeter.cells` does."""

from intellimeter.common.documents.table import Column

METER_COLUMNS = tuple(
    Column(name) for name in ("meter", "name", "serial_number", "suite", "suite_name", "utility", "units")
)

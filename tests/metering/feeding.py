"""Gives meters their reads, through the one way in."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from metering.enums import Utility
from metering.ingest import RawRow, ingest
from metering.models import Meter
from tests.metering.brute_force import Judged, judged

Reads = Iterable[tuple[datetime, Decimal | None]]


def feed(reads: dict[Meter, Reads]) -> dict[int, list[Judged]]:
    """Ingest the reads of each meter, and return what the brute force makes of them, by primary key.

    A read without a register carries a voltage.
    """
    rows: dict[int, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    properties = {meter.property_id: meter.property for meter in reads}
    for meter, history in reads.items():
        unit = Utility(meter.utility).unit
        mine = rows.setdefault(meter.property_id, [])
        for time, register in history:
            point, value = ("voltage_a", "121.5") if register is None else (unit, format(register, "f"))
            mine.append((("serial_number", "time_stamping", point), (meter.serial_number, time.isoformat(), value)))
    for owner, found in rows.items():
        numbered = [RawRow(number, names, cells) for number, (names, cells) in enumerate(found, 1)]
        result = ingest(property=properties[owner], rows=numbered)
        assert not result.rejected
    return {meter.pk: judged(history, meter.register_max) for meter, history in reads.items()}

"""Reports as bare scripts make them: one statement dumped with json, COPY to nowhere, PyYAML's C emitter, openpyxl."""

import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import yaml
from openpyxl import Workbook

ZONE = "America/Toronto"
METER = "m.public_id, m.name, m.serial_number, s.public_id, s.name, m.utility, 'kwh'"
METERS = """metering_meter m LEFT JOIN metering_metersuite a ON a.meter_id = m.id AND a."end" IS NULL
LEFT JOIN metering_suite s ON s.id = a.suite_id"""

PERIOD = f"""
SELECT {METER},
  (SELECT d.register / 1000000.0 FROM metering_dayrollup d WHERE d.meter_id = m.id AND d.day < '{{first}}'
    AND d.register IS NOT NULL ORDER BY d.day DESC LIMIT 1),
  (SELECT d.register / 1000000.0 FROM metering_dayrollup d WHERE d.meter_id = m.id AND d.day <= '{{last}}'
    AND d.register IS NOT NULL ORDER BY d.day DESC LIMIT 1),
  (SELECT sum(d.consumption) / 1000000.0 FROM metering_dayrollup d WHERE d.meter_id = m.id AND d.day >= '{{first}}'
    AND d.day <= '{{last}}')
FROM {METERS} WHERE m.property_id = {{property}} ORDER BY m.name"""
PERIOD_NAMES = (
    "meter", "name", "serial_number", "suite", "suite_name", "utility", "units", "start_read", "end_read", "consumption",
)  # fmt: skip
INTERVAL_NAMES = (
    "time_stamping", "meter", "name", "serial_number", "suite", "suite_name", "utility", "units", "consumption",
)  # fmt: skip

BY_DAY = f"""SELECT d.day, {METER}, d.consumption / 1000000.0 FROM metering_dayrollup d JOIN {METERS} ON m.id = d.meter_id
WHERE m.property_id = {{property}} AND d.day >= '{{first}}' AND d.day <= '{{last}}'"""
BY_HOUR = f"""SELECT to_char(h.hour AT TIME ZONE '{ZONE}', 'YYYY-MM-DD"T"HH24'), {METER}, h.consumption / 1000000.0
FROM metering_hourrollup h JOIN {METERS} ON m.id = h.meter_id WHERE m.property_id = {{property}}
AND h.hour >= '{{first}}'::timestamp AT TIME ZONE '{ZONE}' AND h.hour < ('{{last}}'::date + 1)::timestamp AT TIME ZONE '{ZONE}'"""


class _Nowhere:
    """Counts what is written to it."""

    rows = 0

    def write(self, content: bytes) -> int:
        self.rows += content.count(b"\n")
        return len(content)


def period_as_json(connection: Any, property: int, first: str, last: str) -> str:
    cursor = connection.cursor()
    cursor.execute(PERIOD.format(property=property, first=first, last=last))
    rows = [dict(zip(PERIOD_NAMES, row, strict=True)) for row in cursor.fetchall()]
    return json.dumps(rows, default=float)


def copy_out(connection: Any, query: str, property: int, first: str, last: str) -> int:
    """COPY the query's rows out as CSV; how many they are. They are not even put in order."""
    sink = _Nowhere()
    copy = f"COPY ({query.format(property=property, first=first, last=last)}) TO STDOUT (FORMAT csv)"
    connection.cursor().copy_expert(copy, sink)
    return sink.rows


def yaml_by_c_emitter(rows: list[dict[str, Any]]) -> str:
    dumped: str = yaml.dump(rows, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    return dumped


def xlsx_write_only(rows: list[dict[str, Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("interval")
    sheet.append(INTERVAL_NAMES)
    for row in rows:
        sheet.append(list(row.values()))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def made_up_rows(count: int) -> Iterator[dict[str, Any]]:
    """Rows as the interval report has them."""
    for number in range(count):
        cells = (
            datetime(2021, 3, 1 + number // 1000 % 28).strftime("%Y-%m-%dT%H"),  # noqa: DTZ001 - a stamp
            f"{number % 1000:08x}", f"Meter {number % 1000}", f"BENCH-{number % 1000:05}", f"{number % 1000:08x}",
            f"Suite {number % 1000}", "E", "kwh", number % 9973 / 1000,
        )  # fmt: skip
        yield dict(zip(INTERVAL_NAMES, cells, strict=True))

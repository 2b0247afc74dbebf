"""Consumption and bounding registers of meters between two instants: one statement written by hand for the question."""

from typing import Any

# Whole local days from the daily rollup, the edges from the reads, the registers by one descent of the key each.
SQL = """
SELECT m.id,
  (SELECT coalesce(sum(d.consumption), 0) FROM metering_dayrollup d
    WHERE d.meter_id = m.id AND d.day >= {first_day} AND d.day < {last_day})
  + (SELECT coalesce(sum(r."interval"), 0) FROM metering_read r
    WHERE r.meter_id = m.id AND r.time > {start} AND r.time <= {first_midnight})
  + (SELECT coalesce(sum(r."interval"), 0) FROM metering_read r
    WHERE r.meter_id = m.id AND r.time > {last_midnight} AND r.time <= {end}),
  (SELECT r.register FROM metering_read r WHERE r.meter_id = m.id AND r.time <= {start} AND r.register IS NOT NULL
    AND r.flag <> 1 ORDER BY r.time DESC LIMIT 1),
  (SELECT r.register FROM metering_read r WHERE r.meter_id = m.id AND r.time <= {end} AND r.register IS NOT NULL
    AND r.flag <> 1 ORDER BY r.time DESC LIMIT 1)
FROM metering_meter m WHERE m.id IN ({meters})"""


def consumption(connection: Any, meters: list[int], bounds: dict[str, str]) -> list[tuple[Any, ...]]:
    """`bounds` are literals: start, end, the midnights and local days that the whole days lie between."""
    quoted = {name: f"'{value}'" for name, value in bounds.items()}
    cursor = connection.cursor()
    cursor.execute(SQL.format(meters=", ".join(str(meter) for meter in meters), **quoted))
    return list(cursor.fetchall())

"""One cycle of reads as a bare script would store it: once only, with intervals, rollups and latest reads, in one commit.

It writes into the tables that are there. `rows` are (meter, instant, register in millionths, points as JSON), all of one
instant after the newest read of each meter.
"""

import io
from typing import Any

Rows = list[tuple[int, str, int, str]]
LOCAL = "(s.time - interval '1 microsecond') AT TIME ZONE 'America/Toronto'"

INSERT = """
INSERT INTO metering_read (meter_id, time, register, "interval", flag, points)
SELECT s.meter_id, s.time, s.register, s.register - l.chain_register, 0, s.points
FROM bare_sent s JOIN metering_latestread l ON l.meter_id = s.meter_id
ON CONFLICT DO NOTHING RETURNING meter_id"""

ROLLUP = """
INSERT INTO {table} AS old (meter_id, {key}, consumption, register, register_time, reads, flagged)
SELECT s.meter_id, {bucket}, s.register - l.chain_register, s.register, s.time, 1, 0
FROM bare_sent s JOIN metering_latestread l ON l.meter_id = s.meter_id WHERE true
ON CONFLICT (meter_id, {key}) DO UPDATE SET consumption = old.consumption + excluded.consumption,
register = excluded.register, register_time = excluded.register_time, reads = old.reads + 1"""

MONTH = """
INSERT INTO metering_monthrollup AS old (meter_id, month, consumption, reads, flagged)
SELECT s.meter_id, {bucket}, s.register - l.chain_register, 1, 0
FROM bare_sent s JOIN metering_latestread l ON l.meter_id = s.meter_id WHERE true
ON CONFLICT (meter_id, month) DO UPDATE SET consumption = old.consumption + excluded.consumption, reads = old.reads + 1"""

LATEST = """
UPDATE metering_latestread AS l SET time = s.time, register = s.register, "interval" = s.register - l.chain_register,
flag = 0, points = s.points, chain_time = s.time, chain_register = s.register,
chain_interval = s.register - l.chain_register, chain_flag = 0, chain_before = l.chain_register
FROM bare_sent s WHERE l.meter_id = s.meter_id"""


def store_cycle_postgresql(connection: Any, rows: Rows) -> None:
    """COPY in, then one statement a table."""
    cursor = connection.cursor()
    cursor.execute(
        "CREATE TEMPORARY TABLE IF NOT EXISTS bare_sent"
        " (meter_id bigint, time timestamptz, register bigint, points jsonb); TRUNCATE bare_sent"
    )
    cursor.execute(
        "SELECT 1 FROM metering_latestread WHERE meter_id = ANY(%s) ORDER BY meter_id FOR UPDATE",
        [[meter for meter, *_ in rows]],
    )
    lines = "".join(f"{meter}\t{time}\t{register}\t{points}\n" for meter, time, register, points in rows)
    cursor.copy_expert("COPY bare_sent FROM STDIN", io.StringIO(lines))
    cursor.execute(INSERT)
    hour = f"date_trunc('hour', {LOCAL}) AT TIME ZONE 'America/Toronto'"
    cursor.execute(ROLLUP.format(table="metering_hourrollup", key="hour", bucket=hour))
    cursor.execute(ROLLUP.format(table="metering_dayrollup", key="day", bucket=f"({LOCAL})::date"))
    cursor.execute(MONTH.format(bucket=f"date_trunc('month', {LOCAL})::date"))
    cursor.execute(LATEST)
    connection.commit()


def store_cycle_sqlite(connection: Any, rows: Rows, hour: str, day: str) -> None:
    """The same by executemany; the local hour and day come from outside, since SQLite knows no zones."""
    cursor = connection.cursor()
    cursor.execute(
        "CREATE TEMPORARY TABLE IF NOT EXISTS bare_sent (meter_id integer, time text, register integer, points text)"
    )
    cursor.execute("BEGIN IMMEDIATE")
    cursor.execute("DELETE FROM bare_sent")
    cursor.executemany("INSERT INTO bare_sent VALUES (?, ?, ?, ?)", rows)
    cursor.execute(INSERT)
    cursor.fetchall()
    cursor.execute(ROLLUP.format(table="metering_hourrollup", key="hour", bucket=f"'{hour}'"))
    cursor.execute(ROLLUP.format(table="metering_dayrollup", key="day", bucket=f"'{day}'"))
    cursor.execute(MONTH.format(bucket=f"'{day[:8]}01'"))
    cursor.execute(LATEST)
    cursor.execute("COMMIT")

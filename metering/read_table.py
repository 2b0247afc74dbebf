"""How the table of reads lies on disk, which Django's schema editor cannot say (design, section 4; ADR 4).

PostgreSQL: partitioned by month of `time`, with a default partition as safety net, so old months detach. SQLite: clustered
by its key, so a meter's reads of a span lie side by side.
"""

from typing import Any

TABLE = "metering_read"

_POSTGRES = f"""
CREATE TABLE {TABLE} (
    meter_id bigint NOT NULL,
    time timestamptz NOT NULL,
    register bigint,
    interval bigint,
    flag smallint NOT NULL DEFAULT 0,
    points jsonb,
    PRIMARY KEY (meter_id, time)
) PARTITION BY RANGE (time);
CREATE TABLE {TABLE}_default PARTITION OF {TABLE} DEFAULT;
"""

_SQLITE = f"""
CREATE TABLE {TABLE} (
    meter_id bigint NOT NULL,
    time datetime NOT NULL,
    register bigint,
    interval bigint,
    flag smallint NOT NULL DEFAULT 0,
    points text,
    PRIMARY KEY (meter_id, time)
) WITHOUT ROWID
"""


def create_read_table(apps: Any, schema_editor: Any) -> None:
    """The forward half of the migration that makes the table."""
    schema_editor.execute(_POSTGRES if schema_editor.connection.vendor == "postgresql" else _SQLITE)


def drop_read_table(apps: Any, schema_editor: Any) -> None:
    """The backward half."""
    schema_editor.execute(f"DROP TABLE {TABLE}")

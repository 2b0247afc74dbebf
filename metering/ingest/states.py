"""The meters of a batch, locked: where each one's chain of registers ends (design, section 4)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from metering.ingest.databases import Database
from metering.ingest.rows import Row

BEFORE_ALL = -(2**62)


@dataclass(slots=True)
class MeterState:
    """A meter's newest read, the end of its chain, and the rows of this batch that lie after it.

    Instants are seconds since 1970, registers millionths. `before` is the accepted register before the chain's last read.
    """

    meter: int
    time: int
    chain_time: int | None
    register: int | None
    interval: int | None
    flag: int
    before: int | None
    register_max: int | None = None
    timezone: str = "UTC"
    fresh: list[Row] = field(default_factory=list)
    touched: bool = False


def lock_states(cursor: Any, database: Database, meters: Iterable[int]) -> dict[int, MeterState]:
    """The states of the meters, locked in the order of their keys until the transaction ends; missing rows are made."""
    asked = sorted(set(meters))
    chosen = f"WITH v (id) AS ({database.table('i', [(meter,) for meter in asked])})"
    states = _locked(cursor, database, chosen)
    if len(states) < len(asked):
        cursor.execute(
            f"{chosen} INSERT INTO metering_latestread (meter_id, flag, chain_flag)"
            " SELECT m.id, 0, 0 FROM v JOIN metering_meter m ON m.id = v.id WHERE true ORDER BY m.id ON CONFLICT DO NOTHING"
        )
        states = _locked(cursor, database, chosen)
    # What a register is judged by is read behind the lock: whoever changes it holds the lock while it rebuilds.
    cursor.execute(
        f"{chosen} SELECT m.id, m.register_max, p.timezone FROM v JOIN metering_meter m ON m.id = v.id"
        " JOIN metering_property p ON p.id = m.property_id"
    )
    for meter, register_max, timezone in cursor.fetchall():
        states[meter].register_max, states[meter].timezone = register_max, timezone
    return states


def _locked(cursor: Any, database: Database, chosen: str) -> dict[int, MeterState]:
    cursor.execute(
        f"{chosen} SELECT l.meter_id, {database.epoch('l.time')}, {database.epoch('l.chain_time')}, l.chain_register,"
        " l.chain_interval, l.chain_flag, l.chain_before FROM metering_latestread l JOIN v ON l.meter_id = v.id"
        f" ORDER BY l.meter_id {database.for_update}"
    )
    return {
        meter: MeterState(meter, BEFORE_ALL if time is None else time, *rest)
        for meter, time, *rest in cursor.fetchall()
    }

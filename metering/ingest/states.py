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
    fresh: list[Row] = field(default_factory=list)
    touched: bool = False


def lock_states(cursor: Any, database: Database, meters: Iterable[int]) -> dict[int, MeterState]:
    """The states of the meters, locked in the order of their keys until the transaction ends; missing rows are made."""
    listed = ", ".join(str(meter) for meter in sorted(set(meters)))
    states = _locked(cursor, database, listed)
    if len(states) < listed.count(",") + 1:
        cursor.execute(
            "INSERT INTO metering_latestread (meter_id, flag, chain_flag)"
            f" SELECT id, 0, 0 FROM metering_meter WHERE id IN ({listed}) ORDER BY id ON CONFLICT DO NOTHING"
        )
        states = _locked(cursor, database, listed)
    cursor.execute(f"SELECT id, register_max FROM metering_meter WHERE id IN ({listed})")
    for meter, register_max in cursor.fetchall():
        states[meter].register_max = register_max
    return states


def _locked(cursor: Any, database: Database, listed: str) -> dict[int, MeterState]:
    cursor.execute(
        f"SELECT meter_id, {database.epoch('time')}, {database.epoch('chain_time')}, chain_register, chain_interval,"
        f" chain_flag, chain_before FROM metering_latestread WHERE meter_id IN ({listed})"
        f" ORDER BY meter_id {database.for_update}"
    )
    return {
        meter: MeterState(meter, BEFORE_ALL if time is None else time, *rest)
        for meter, time, *rest in cursor.fetchall()
    }

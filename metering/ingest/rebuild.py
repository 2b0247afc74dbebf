"""Intervals, flags, rollups and latest reads of meters anew from their stored reads.

Needed where what they rest on changes: a meter's `register_max`, a property's time zone.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection, transaction

from intellimeter.common.local_time import zone_of
from metering.ingest.calendar import Calendar
from metering.ingest.chain import settle
from metering.ingest.changes import Changes, Revision
from metering.ingest.databases import database_of
from metering.ingest.late import StoredChain
from metering.ingest.states import BEFORE_ALL, MeterState, lock_states

FIRST = -(2**31)


@transaction.atomic
def rebuild(meters: Collection[int]) -> None:
    """Bring all that follows from the reads of the meters (primary keys) up to their meter's and property's settings."""
    if not meters:
        return
    with connection.cursor() as cursor:
        for state in lock_states(cursor, database_of(connection.vendor), meters).values():
            if state.time != BEFORE_ALL:  # it was read at all
                _rebuild(cursor, state)


def _rebuild(cursor: Any, state: MeterState) -> None:
    database = database_of(connection.vendor)
    changes = Changes(database, Calendar(zone_of(state.timezone)))
    links = StoredChain(cursor, database, state.meter).between(FIRST, state.time)
    verdicts, state.before = settle(None, [link.register for link in links], state.register_max)
    for link, verdict in zip(links, verdicts, strict=True):
        if verdict != link.stored:
            changes.revised[state.meter, link.time] = Revision(link.register, verdict)
    for table in ("metering_hourrollup", "metering_dayrollup", "metering_monthrollup"):
        cursor.execute(f"DELETE FROM {table} WHERE meter_id = {state.meter}")
    for time in _times(cursor, state):
        changes.touch(state.meter, time)
        state.touched = True
    changes.write(cursor, [state])


def _times(cursor: Any, state: MeterState) -> list[int]:
    epoch = database_of(connection.vendor).epoch("time")
    cursor.execute(f"SELECT {epoch} FROM metering_read WHERE meter_id = {state.meter}")
    return [time for (time,) in cursor.fetchall()]

"""One transaction: lock the meters, tell news from repetition, judge the registers, write (design, section 4)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, transaction

from intellimeter.common.local_time import zone_of
from metering.ingest.calendar import Calendar
from metering.ingest.chain import Verdict, settle
from metering.ingest.changes import NO_REGISTER, Changes, Revision
from metering.ingest.databases import Database, SentRead, StoredRead, database_of, differing
from metering.ingest.late import StoredChain, resettle
from metering.ingest.merge import REGISTER, Merged, merge
from metering.ingest.repeats import without_repeats
from metering.ingest.result import IngestResult, RowNote
from metering.ingest.rows import KnownMeter, Row
from metering.ingest.states import MeterState, lock_states


class Batch:
    """The rows of one transaction and what becomes of them."""

    def __init__(self, replace: bool, result: IngestResult, meters: Mapping[int, KnownMeter]):
        self.replace = replace
        self.result = result
        self.meters = meters
        self.database: Database = database_of(connection.vendor)

    def store(self, rows: Sequence[Row]) -> None:
        """Store the rows and bring intervals, rollups and latest reads up to them."""
        with transaction.atomic(), connection.cursor() as cursor:
            states = lock_states(cursor, self.database, {row.meter for row in rows})
            zone = zone_of(next(iter(states.values())).timezone)
            self.changes = Changes(self.database, Calendar(zone))
            old = []
            for row in rows:
                state = states[row.meter]
                if row.time > state.time:
                    state.fresh.append(row)
                else:
                    old.append(row)
            if old and not self.replace:
                old = self._told(cursor, old)
            if old:
                self._store_old(cursor, states, self._once(old))
            for state in states.values():
                if state.fresh:
                    self._append(state)
            self.changes.write(cursor, states.values())

    # --- Reads behind the newest of their meter

    def _append(self, state: MeterState) -> None:
        fresh = sorted(self._once(state.fresh), key=attrgetter("time"))
        registers = [row.register for row in fresh if row.register is not None]
        verdicts = self._judged(state, registers) if registers else []
        self.result.accepted += len(fresh)
        self.changes.append(fresh, verdicts)
        state.time = fresh[-1].time
        state.touched = True
        if registers:
            last = next(row for row in reversed(fresh) if row.register is not None)
            state.chain_time, state.register = last.time, last.register
            state.interval, state.flag = verdicts[-1]

    def _judged(self, state: MeterState, registers: list[int]) -> list[Verdict]:
        """The verdicts of registers that continue the chain; its stored end is judged again, now that one follows it."""
        if state.chain_time is None or state.register is None:
            verdicts, state.before = settle(None, registers, state.register_max)
            return verdicts
        (end, *verdicts), before = settle(state.before, [state.register, *registers], state.register_max)
        if end != (state.interval, state.flag):
            self.changes.revise(state.meter, state.chain_time, Revision(state.register, end))
        state.before = before
        return verdicts

    # --- Reads at or before it

    def _told(self, cursor: Any, rows: list[Row]) -> list[Row]:
        """The rows that may tell something; repeats are counted. Not for `replace`: there, a repeat may undo a row before it."""
        left = without_repeats(cursor, self.database, self.changes.calendar, rows)
        self.result.duplicates += len(rows) - len(left)
        return left

    def _store_old(self, cursor: Any, states: Mapping[int, MeterState], rows: Sequence[Row]) -> None:
        calendar = self.changes.calendar
        sent = [SentRead(row.meter, calendar[row.time].time, row.register, row.points) for row in rows]
        strangers = differing(cursor, self.database, sent)
        self.result.duplicates += len(rows) - len(strangers)
        joining: dict[int, dict[int, tuple[Row, StoredRead]]] = defaultdict(dict)
        for stored in strangers:
            row = rows[stored.position]
            if not stored.found:
                self.result.accepted += 1
                joining[row.meter][row.time] = (row, stored)
                continue
            merged = merge(stored.register, stored.points, row.register, row.points, replace=self.replace)
            self._count(row, merged)
            if merged.news:
                kept = row._replace(register=merged.register, points=merged.points)
                joining[row.meter][row.time] = (kept, stored)
        for meter, reads in joining.items():
            self._join(cursor, states[meter], reads)

    def _join(self, cursor: Any, state: MeterState, reads: Mapping[int, tuple[Row, StoredRead]]) -> None:
        """Late and merged reads of one meter into its chain."""
        state.touched = True
        changed = {
            time: row.register
            for time, (row, stored) in reads.items()
            if row.register is not None and row.register != stored.register
        }
        verdicts = {}
        if changed:
            verdicts = resettle(state, StoredChain(cursor, self.database, state.meter), changed)
        for time, (row, stored) in reads.items():
            if not stored.found:
                _, verdict = verdicts.pop(time) if time in changed else (None, NO_REGISTER)
                self.changes.insert_late(state.meter, time, row.register, verdict, row.points)
            elif row.points is not None and row.points != stored.points:
                self.changes.points.append((state.meter, self.changes.calendar[time].time, row.points))
        for time, (register, verdict) in verdicts.items():
            self.changes.revise(state.meter, time, Revision(register, verdict))

    # --- The same meter and instant twice in one batch

    def _once(self, rows: list[Row]) -> list[Row]:
        """The rows by meter and instant, each once: later ones merged into the first, as if they had come one by one."""
        if len({row[:2] for row in rows}) == len(rows):
            return rows
        once: dict[tuple[int, int], Row] = {}
        for row in rows:
            first = once.setdefault(row[:2], row)
            if first is not row:
                merged = merge(first.register, first.points, row.register, row.points, replace=self.replace)
                self._count(row, merged)
                once[row[:2]] = first._replace(register=merged.register, points=merged.points)
        return list(once.values())

    def _count(self, row: Row, merged: Merged) -> None:
        if merged.conflicts:
            self.result.conflicts += 1
            meter = self.meters[row.meter]
            told = ", ".join(
                f"{meter.unit if name == REGISTER else name} is {sent} where {stands} is stored"
                for name, sent, stands in merged.conflicts
            )
            self.result.conflicting.append(RowNote(row.number, meter.serial, f"{told}; what is stored stays."))
        elif merged.news:
            self.result.accepted += 1
        else:
            self.result.duplicates += 1

"""What a batch changes, gathered in memory and then written in a handful of statements."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from metering.ingest.calendar import Calendar
from metering.ingest.chain import NONE, OUTLIER, RESET, Verdict
from metering.ingest.databases import Database, NewRead, within
from metering.ingest.months import write_months
from metering.ingest.paging import PAGE, pages
from metering.ingest.rows import Row
from metering.ingest.states import MeterState

REVIEWED = (OUTLIER, RESET)
NO_REGISTER = Verdict(None, NONE)


class Revision(NamedTuple):
    """A stored read that is judged otherwise now, or that was given a register."""

    register: int
    verdict: Verdict


class Bucket:
    """What the new reads of one meter add to one hour or day."""

    __slots__ = ("consumption", "flagged", "reads", "register", "time")

    def __init__(self) -> None:
        self.consumption = 0
        self.register: int | None = None
        self.time: str | None = None
        self.reads = 0
        self.flagged = 0

    def add(self, register: int | None, verdict: Verdict, time: str) -> None:
        """One more read, later than those before it."""
        interval, flag = verdict
        self.reads += 1
        if flag != OUTLIER and register is not None:
            self.register, self.time = register, time
            self.consumption += interval or 0
        if flag in REVIEWED:
            self.flagged += 1


class Changes:
    """Reads to insert and to revise, and the hours and days that they touch.

    Reads after a meter's newest add to their buckets; buckets that anything else touches are added up anew from the reads.
    """

    def __init__(self, database: Database, calendar: Calendar):
        self.database = database
        self.calendar = calendar
        self.inserts: list[NewRead] = []
        self.points: list[tuple[int, str, str]] = []
        self.revised: dict[tuple[int, int], Revision] = {}
        self.hours: dict[tuple[int, str], Bucket] = {}
        self.days: dict[tuple[int, str], Bucket] = {}
        self.stale_hours: set[tuple[int, str]] = set()
        self.stale_days: set[tuple[int, str]] = set()

    def append(self, rows: Sequence[Row], verdicts: Sequence[Verdict]) -> None:
        """Reads of one meter in order, after all others of it; with the verdicts of those that have a register."""
        calendar, inserts, coming = self.calendar, self.inserts, iter(verdicts)
        hour_key = day_key = ""
        hour = day = Bucket()
        for meter, time, register, points, _ in rows:
            place = calendar[time]
            verdict = NO_REGISTER if register is None else next(coming)
            inserts.append(NewRead(meter, place.time, register, *verdict, points))
            if place.hour != hour_key:
                hour_key, hour = place.hour, self.hours.setdefault((meter, place.hour), Bucket())
            if place.day != day_key:
                day_key, day = place.day, self.days.setdefault((meter, place.day), Bucket())
            hour.add(register, verdict, place.time)
            day.add(register, verdict, place.time)

    def insert_late(self, meter: int, time: int, register: int | None, verdict: Verdict, points: str | None) -> None:
        """A read before the meter's newest."""
        self.inserts.append(NewRead(meter, self.touch(meter, time), register, verdict.interval, verdict.flag, points))

    def revise(self, meter: int, time: int, revision: Revision) -> None:
        """A stored read's register, interval or flag."""
        self.touch(meter, time)
        self.revised[meter, time] = revision

    def touch(self, meter: int, time: int) -> str:
        """Mark the read's hour and day for adding up anew; its instant as text."""
        place = self.calendar[time]
        self.stale_hours.add((meter, place.hour))
        self.stale_days.add((meter, place.day))
        return place.time

    def write(self, cursor: Any, states: Iterable[MeterState]) -> None:
        """All of it, in the order that each step needs of the one before."""
        if self.inserts:
            self.database.insert_reads(cursor, self.inserts)
        for page in pages(self.points, PAGE):
            self.database.set_points(cursor, page)
        self._write_revisions(cursor)
        self._write_rollups(cursor, "metering_hourrollup", "hour", self.hours, self.stale_hours)
        self._write_rollups(cursor, "metering_dayrollup", "day", self.days, self.stale_days)
        write_months(cursor, self.database, self.days, self.stale_days)
        self._write_latest(cursor, states)

    def _write_revisions(self, cursor: Any) -> None:
        rows = [
            (meter, self.calendar[time].time, register, *verdict)
            for (meter, time), (register, verdict) in self.revised.items()
        ]
        for page in pages(rows, PAGE):
            cursor.execute(
                f'WITH v (meter_id, time, register, "interval", flag) AS ({self.database.table("itiii", page)})'
                ' UPDATE metering_read AS r SET register = v.register, "interval" = v."interval", flag = v.flag'
                " FROM v WHERE r.meter_id = v.meter_id AND r.time = v.time"
            )

    def _write_rollups(
        self, cursor: Any, table: str, key: str, added: dict[tuple[int, str], Bucket], stale: set[tuple[int, str]]
    ) -> None:
        rows = [
            (meter, begin, bucket.consumption, bucket.register, bucket.time, bucket.reads, bucket.flagged)
            for (meter, begin), bucket in sorted(added.items())
            if (meter, begin) not in stale
        ]
        for page in pages(rows, PAGE):
            body = self.database.table("itiitii" if key == "hour" else "idiitii", page)
            cursor.execute(
                f"WITH v (meter_id, {key}, consumption, register, register_time, reads, flagged) AS ({body})"
                f" INSERT INTO {table} AS old (meter_id, {key}, consumption, register, register_time, reads, flagged)"
                f" SELECT * FROM v WHERE true ON CONFLICT (meter_id, {key}) DO UPDATE SET"
                " consumption = old.consumption + excluded.consumption,"
                " register = coalesce(excluded.register, old.register),"
                " register_time = coalesce(excluded.register_time, old.register_time),"
                " reads = old.reads + excluded.reads, flagged = old.flagged + excluded.flagged"
            )
        self._add_up(cursor, table, key, stale)

    def _add_up(self, cursor: Any, table: str, key: str, stale: set[tuple[int, str]]) -> None:
        """Buckets anew from the reads that lie in them."""
        keys = {begin for _, begin in stale}
        bounds = self.calendar.hour_bounds(keys) if key == "hour" else self.calendar.day_bounds(keys)
        rows = [(meter, begin, *bounds[begin]) for meter, begin in sorted(stale)]
        for page in pages(rows, PAGE):
            body = self.database.table("ittt" if key == "hour" else "idtt", page)
            concerned = within(self.database, "r.time", [time for _, _, *bound in page for time in bound])
            of_bucket = f"r.meter_id = b.meter_id AND r.time > b.begin_time AND r.time <= b.end_time AND {concerned}"
            last = f"r.meter_id = a.meter_id AND r.time = a.register_time AND {concerned}"
            cursor.execute(
                f"WITH b (meter_id, bucket, begin_time, end_time) AS ({body}), a AS ("
                ' SELECT b.meter_id, b.bucket, coalesce(sum(r."interval"), 0) AS consumption,'
                f" max(CASE WHEN r.register IS NOT NULL AND r.flag <> {OUTLIER} THEN r.time END) AS register_time,"
                f" count(*) AS reads, sum(CASE WHEN r.flag IN ({OUTLIER}, {RESET}) THEN 1 ELSE 0 END) AS flagged"
                f" FROM b {self.database.look_up('r', of_bucket)} GROUP BY b.meter_id, b.bucket)"
                f" INSERT INTO {table} (meter_id, {key}, consumption, register, register_time, reads, flagged)"
                " SELECT a.meter_id, a.bucket, a.consumption, r.register, a.register_time, a.reads, a.flagged"
                f" FROM a {self.database.look_up('r', last, left=True)} WHERE true"
                f" ON CONFLICT (meter_id, {key}) DO UPDATE SET consumption = excluded.consumption,"
                " register = excluded.register, register_time = excluded.register_time, reads = excluded.reads,"
                " flagged = excluded.flagged"
            )

    def _write_latest(self, cursor: Any, states: Iterable[MeterState]) -> None:
        calendar = self.calendar
        rows = [
            (
                state.meter,
                calendar[state.time].time,
                None if state.chain_time is None else calendar[state.chain_time].time,
                state.before,
            )
            for state in states
            if state.touched
        ]
        for page in pages(rows, PAGE):
            times = [time for _, *pair, _ in page for time in pair if time is not None]
            newest = f"r.meter_id = v.meter_id AND r.time = v.time AND {within(self.database, 'r.time', times)}"
            chain_end = (
                f"c.meter_id = v.meter_id AND c.time = v.chain_time AND {within(self.database, 'c.time', times)}"
            )
            cursor.execute(
                f"WITH v (meter_id, time, chain_time, chain_before) AS ({self.database.table('itti', page)})"
                ' UPDATE metering_latestread AS latest SET time = r.time, register = r.register, "interval" = r."interval",'
                " flag = r.flag, points = r.points, chain_time = c.time, chain_register = c.register,"
                ' chain_interval = c."interval", chain_flag = coalesce(c.flag, 0), chain_before = v.chain_before'
                f" FROM v {self.database.look_up('r', newest)} {self.database.look_up('c', chain_end, left=True)}"
                " WHERE latest.meter_id = v.meter_id"
            )

"""Registers that arrive late, or that replace stored ones: the chain is judged again from just before them to where it is as
it was (design, section 4)."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from metering.ingest.calendar import text_of, utc
from metering.ingest.chain import OUTLIER, Verdict, judge
from metering.ingest.databases import Database
from metering.ingest.states import MeterState

LOOK_AHEAD = 32
NEAR = 7 * 86400


class Link(NamedTuple):
    """A register in the chain; `stored` is the verdict that the database has of it, null where it has none."""

    time: int
    register: int
    stored: Verdict | None


class StoredChain:
    """A meter's stored registers by time, fetched as far as they are needed."""

    def __init__(self, cursor: Any, database: Database, meter: int):
        self._cursor = cursor
        self._database = database
        self._meter = meter

    def anchor(self, time: int) -> tuple[int | None, int | None]:
        """The instant of the last register before `time` (null: none), and the register accepted before that one."""
        last = self._last_before(time, "true")
        if last is None:
            return None, None
        accepted = self._last_before(last.time, f"flag <> {OUTLIER}")
        return last.time, accepted and accepted.register

    def between(self, first: int, last: int) -> list[Link]:
        """The registers from one instant to another, both included."""
        return self._fetch(f"time >= {self._at(first)} AND time <= {self._at(last)} ORDER BY time")

    def after(self, time: int) -> Iterator[Link]:
        """The registers behind an instant, a few at a time."""
        size = LOOK_AHEAD
        near = f"AND time < {self._at(time + NEAR)}"
        while (page := self._fetch(f"time > {self._at(time)} {near} ORDER BY time LIMIT {size}")) or near:
            yield from page
            if len(page) < size:
                near = ""
            if page:
                time = page[-1].time
            size *= 4

    def _last_before(self, time: int, condition: str) -> Link | None:
        """Nearby first: the months far back need not be looked at where a meter is read at all often."""
        for near in (f"AND time >= {self._at(time - NEAR)}", ""):
            found = self._fetch(f"{condition} AND time < {self._at(time)} {near} ORDER BY time DESC LIMIT 1")
            if found:
                return found[0]
        return None

    def _at(self, time: int) -> str:
        return self._database.instant(text_of(utc(time)))

    def _fetch(self, condition: str) -> list[Link]:
        self._cursor.execute(
            f'SELECT {self._database.epoch("time")}, register, "interval", flag FROM metering_read'
            f" WHERE meter_id = {self._meter} AND register IS NOT NULL AND {condition}"
        )
        return [Link(time, register, Verdict(*verdict)) for time, register, *verdict in self._cursor.fetchall()]


def resettle(state: MeterState, chain: StoredChain, changed: Mapping[int, int]) -> dict[int, tuple[int, Verdict]]:
    """Judge a meter's chain anew where registers (`changed`, by instant) join it or change in it.

    Answers register and verdict by instant, of every register that is new or judged otherwise, and moves the end of the
    chain in `state` where it is concerned. Stops at the first stored register behind the changes that was accepted and
    still is: from there on, all is as it was.
    """
    first, last = min(changed), max(changed)
    begin, accepted = chain.anchor(first)
    links = {link.time: link for link in chain.between(first if begin is None else begin, last)}
    for time, register in changed.items():
        links[time] = Link(time, register, None)
    ordered = _joined([links[time] for time in sorted(links)], chain.after(last))
    verdicts = {}
    link = next(ordered, None)
    while link is not None:
        following = next(ordered, None)
        verdict = judge(accepted, link.register, following and following.register, state.register_max)
        if verdict != link.stored:
            verdicts[link.time] = (link.register, verdict)
        if following is None:
            state.chain_time, state.register = link.time, link.register
            state.interval, state.flag, state.before = *verdict, accepted
        if verdict.flag != OUTLIER:
            accepted = link.register
            if link.time > last and link.stored is not None and link.stored.flag != OUTLIER:
                if link.time == state.chain_time:
                    state.interval, state.flag = verdict
                break
        link = following
    return verdicts


def _joined(first: list[Link], rest: Iterator[Link]) -> Iterator[Link]:
    yield from first
    yield from rest

"""What was measured: our time and the yardstick's, their ratio, and the target it is held against."""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One row of the table. `ours` and `yardstick` are what is written of each; `target` is a bound on the ratio.

    `at_least` says which side of the target is good; targets are PostgreSQL's, SQLite's ratios are told without one.
    """

    work: str
    yardstick: str
    ours_text: str
    yardstick_text: str
    ratio: float
    target: float
    at_least: bool
    database: str
    scale: float

    @property
    def holds(self) -> bool:
        return self.ratio >= self.target if self.at_least else self.ratio <= self.target


def say(text: str) -> None:
    """Progress, on standard error."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()


@dataclass(frozen=True)
class Work:
    """Something to be timed; `prepare` goes before each time and is not counted. Both are told which time it is."""

    run: Callable[[int], object]
    prepare: Callable[[int], object] | None = None


def median_times(repeats: int, *works: Work) -> list[float]:
    """The median of the seconds that each work takes. They take turns, so that a busy minute is a busy one for all."""
    taken: list[list[float]] = [[] for _ in works]
    for number in range(repeats):
        for work, times in zip(works, taken, strict=True):
            if work.prepare:
                work.prepare(number)
            start = time.perf_counter()
            work.run(number)
            times.append(time.perf_counter() - start)
    return [statistics.median(times) for times in taken]


def rate(rows: int, seconds: float) -> str:
    return f"{rows / seconds:,.0f} rows/s"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms" if seconds < 10 else f"{seconds:,.1f} s"

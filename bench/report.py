"""Writes docs/performance.md: what was measured, against what, where."""

import os
import platform
from pathlib import Path

from bench.results import Result

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
NAMES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}

HEAD = """# Performance

Made by `make bench`. Each row is our work beside a yardstick: a bare script without our code (`bench/yardsticks/`), on the
same database with the same durability, measured in the same run. Figures are medians of {repeats}. The ratios are what counts:
absolute times are this machine's ({machine}), which does other work at the same time.

Ratios of rates: ours ÷ the yardstick's (more is better). Ratios of times: ours ÷ the yardstick's (less is better). Targets are
PostgreSQL's. A scale of 1 is 1,000 meters x 30 days of five-minute reads, a register and three voltages each (8,640,000 reads);
SQLite is measured on a tenth of PostgreSQL's. `BENCH_SCALE`, `BENCH_ROWS`, `BENCH_DATABASES` and `BENCH_REPEATS` run a part.
"""


def write_report(results: list[Result], *, repeats: int) -> None:
    """The whole document, anew, with what was measured so far."""
    lines = [HEAD.format(repeats=repeats, machine=_machine())]
    for database, name in NAMES.items():
        mine = [result for result in results if result.database == database]
        if not mine:
            continue
        lines += [f"## {name}, scale {mine[0].scale:g}", "", *_table(mine, targets=database == "postgresql"), ""]
    DOCUMENT.write_text("\n".join(lines))


def _table(results: list[Result], *, targets: bool) -> list[str]:
    rows = ["| work | ours | yardstick | its figure | ratio | target |", "| --- | --- | --- | --- | --- | --- |"]
    for result in results:
        bound = f"{'≥' if result.at_least else '≤'} {result.target:g}"
        verdict = f"{bound} {'holds' if result.holds else '**missed**'}" if targets else "—"
        rows.append(
            f"| {result.work} | {result.ours_text} | {result.yardstick} | {result.yardstick_text}"
            f" | {result.ratio:.2f} | {verdict} |"
        )
    return rows


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"

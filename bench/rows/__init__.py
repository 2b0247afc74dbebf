"""The rows of the table, by the name that BENCH_ROWS knows them by."""

from collections.abc import Callable

from bench.context import Context
from bench.results import Result
from bench.rows import consumption, cycle, ingest, invoices, late, reports, scheduled, tokens

ROWS: dict[str, Callable[[Context], list[Result]]] = {
    "ingest": ingest.measure,
    "cycle": cycle.measure,
    "late": late.measure,
    "consumption": consumption.measure,
    "invoices": invoices.measure,
    "reports": reports.measure,
    "tokens": tokens.measure,
    "scheduled": scheduled.measure,
}

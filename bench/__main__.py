"""`python -m bench`: measure on each database, then write docs/performance.md. The variables are told in bench/__init__.py."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from bench.report import write_report
from bench.results import Result, say

ALL_ROWS = "ingest,cycle,late,consumption,invoices,reports,tokens,scheduled"
SQLITE_SHARE = 0.1


def main() -> None:
    scale = float(os.environ.get("BENCH_SCALE", "1"))
    settings = {
        "BENCH_ROWS": os.environ.get("BENCH_ROWS", ALL_ROWS),
        "BENCH_REPEATS": os.environ.get("BENCH_REPEATS", "5"),
        "DJANGO_SETTINGS_MODULE": "intellimeter.settings.prod",
    }
    results: list[Result] = []
    for database in os.environ.get("BENCH_DATABASES", "postgresql,sqlite").split(","):
        with tempfile.TemporaryDirectory(prefix="intellimeter-bench-") as folder:
            # A whole run on SQLite would take hours to tell what a tenth of it tells.
            share = scale if database == "postgresql" else scale * SQLITE_SHARE
            environment = {**os.environ, **settings, "DATA_DIR": folder, "BENCH_SCALE": str(share)}
            with _database(database, Path(folder)) as url:
                results += _measure({**environment, "DATABASE_URL": url})
        write_report(results, repeats=int(settings["BENCH_REPEATS"]))


def _measure(environment: dict[str, str]) -> list[Result]:
    python = [sys.executable, "-m"]
    subprocess.run([*python, "intellimeter.settings.secrets"], env=environment, check=True)
    done = subprocess.run([*python, "bench.measure"], env=environment, check=True, stdout=subprocess.PIPE)
    return [Result(**row) for row in json.loads(done.stdout)]


@contextmanager
def _database(database: str, folder: Path) -> Iterator[str]:
    """An empty database, gone afterwards."""
    if database == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        return
    url = os.environ.get("BENCH_POSTGRES_URL", "postgres://postgres@127.0.0.1/intellimeter_bench")
    _admin(url, "DROP DATABASE IF EXISTS {} WITH (FORCE)")
    _admin(url, "CREATE DATABASE {}")
    try:
        yield url
    finally:
        _admin(url, "DROP DATABASE IF EXISTS {} WITH (FORCE)")


def _admin(url: str, statement: str) -> None:
    parts = urlsplit(url)
    connection = psycopg2.connect(urlunsplit(parts._replace(path="/postgres")))
    connection.autocommit = True
    connection.cursor().execute(statement.format(parts.path.strip("/")))
    connection.close()


if __name__ == "__main__":
    say("Measuring; each figure is the median of several runs.")
    main()

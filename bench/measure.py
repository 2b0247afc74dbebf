"""Measures on one database; a process of its own, since Django's settings are one database's. Prints results as JSON."""

import json
import os
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from bench.context import Context
    from bench.results import say
    from bench.rows import ROWS

    database = "postgresql" if os.environ["DATABASE_URL"].startswith("postgres") else "sqlite"
    call_command("migrate", verbosity=0)
    wanted = [name for name in os.environ["BENCH_ROWS"].split(",") if name]
    results = []
    with tempfile.TemporaryDirectory(prefix="intellimeter-bench-") as folder:
        # Half a day back, so that there are instants left for the cycles that come by HTTP.
        end = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=12)
        context = Context(
            database, float(os.environ["BENCH_SCALE"]), int(os.environ["BENCH_REPEATS"]), Path(folder), end
        )
        for name in wanted:
            say(f"{database}: {name}")
            for result in ROWS[name](context):
                say(
                    f"  {result.work}: {result.ours_text}, {result.yardstick}: {result.yardstick_text}: {result.ratio:.2f}"
                )
                results.append(asdict(result))
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()

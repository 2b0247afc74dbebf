"""What every row of the bench is given: the database, the size, and a place for files."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

STEP = timedelta(minutes=5)


@dataclass(frozen=True)
class Context:
    """`scale` 1 stands for 1,000 meters and 30 days of five-minute reads, the last of them at `end`."""

    database: str
    scale: float
    repeats: int
    folder: Path
    end: datetime

    @property
    def meters(self) -> int:
        return 1_000

    @property
    def days(self) -> int:
        return max(1, round(30 * self.scale))

    def settle_down(self) -> None:
        """What the database does by itself a while after a bulk load: look at the tables, so that it plans with open eyes."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def raw_connection(self) -> Any:
        """A connection of the database's own driver, for the yardsticks."""
        if self.database == "postgresql":
            import psycopg2

            # As our own connection is opened: what a yardstick gains by it, it gains too.
            return psycopg2.connect(
                os.environ["DATABASE_URL"], options=settings.DATABASES["default"]["OPTIONS"]["options"]
            )
        import sqlite3

        raw = sqlite3.connect(os.environ["DATABASE_URL"].removeprefix("sqlite:///"), isolation_level=None)
        # The settings of our own connection: the same journal, the same durability.
        raw.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")
        return raw

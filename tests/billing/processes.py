"""Several processes that work on the test database at the same moment, for what must hold when things race or die."""

import multiprocessing
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

FORK = multiprocessing.get_context("fork")
PATIENCE = 120


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """A folder for `shared_database`; restores the connection that a test pointed at it."""
    before = dict(connection.settings_dict), connection.connection
    yield tmp_path
    if connection.vendor == "sqlite":
        connection.close()
        connection.settings_dict.update(before[0])
        connection.connection = before[1]


def shared_database(folder: Path) -> dict[str, Any]:
    """What a forked process has to change in its connection's settings to see the test database as it is now.

    PostgreSQL's is open to all. SQLite's lies in this process's memory, so the others get a copy in a file.
    """
    if connection.vendor == "postgresql":
        connections.close_all()  # a socket must not be shared with those to be forked
        return {}
    path = folder / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    with closing(
        sqlite3.connect(path)
    ) as copy:  # several that turn to the write-ahead log at once would find it locked
        copy.execute("PRAGMA journal_mode = WAL")
    return {"NAME": str(path)}


def run_at_once(count: int, work: Callable[[], Any], settings: dict[str, Any]) -> list[int]:
    """Run the work in so many processes that start together; their exit codes."""
    barrier = FORK.Barrier(count)
    processes = [FORK.Process(target=_run, args=(barrier, work, settings)) for _ in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE)
    return [-1 if process.exitcode is None else process.exitcode for process in processes]


def _run(barrier: Barrier, work: Callable[[], Any], settings: dict[str, Any]) -> None:
    use_database(settings)
    barrier.wait(PATIENCE)
    work()


def use_database(settings: dict[str, Any]) -> None:
    """Point this process at the shared database, with a connection of its own."""
    connection.connection = None
    connection.settings_dict.update(settings)

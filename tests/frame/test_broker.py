"""The embedded broker's folder: each message taken once and whole, oldest first, nothing left behind."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from intellimeter import celery  # noqa: F401 - makes the folder:// transport known
from intellimeter.broker import Channel


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "control").mkdir()
    return tmp_path


def channel(folder: Path) -> Channel:
    options = {"data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(folder / "control")}
    opened = Connection("folder://localhost", transport_options=options).channel()
    assert isinstance(opened, Channel)
    return opened


def put(folder: Path, numbers: range) -> None:
    writer = channel(folder)
    for number in numbers:
        writer._put("jobs", {"number": number, "padding": "x" * 10_000})


def take(folder: Path, patience: int) -> list[int]:
    """What one reader gets until it has found the queue empty so many times."""
    reader = channel(folder)
    taken = []
    while patience:
        try:
            taken.append(reader._get("jobs")["number"])
        except Empty:
            patience -= 1
    return taken


def test_messages_come_in_the_order_in_which_they_were_put(folder):
    put(folder, range(50))

    assert take(folder, 1) == list(range(50))


def test_message_of_another_queue_stays(folder):
    put(folder, range(1))

    with pytest.raises(Empty):
        channel(folder)._get("other.jobs")
    assert take(folder, 1) == [0]


def test_parallel_writers_and_readers_pass_each_message_once_and_whole(folder):
    with ThreadPoolExecutor(6) as pool:
        writers = [pool.submit(put, folder, range(start, start + 100)) for start in (0, 100, 200)]
        readers = [pool.submit(take, folder, 50) for _ in range(3)]
        for writer in writers:
            writer.result()
        taken = [number for reader in readers for number in reader.result()]
    taken += take(folder, 1)

    assert sorted(taken) == list(range(300))
    assert [path.name for path in folder.iterdir()] == ["control"]


def test_parallel_bindings_of_a_new_exchange_are_all_kept(folder):
    exchange = uuid.uuid4().hex

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: channel(folder)._queue_bind(exchange, f"key{n}", "", f"queue{n}"), range(40)))

    bound = json.loads((folder / "control" / f"{exchange}.exchange").read_text())
    assert sorted(queue for _, _, queue in bound) == sorted(f"queue{n}" for n in range(40))
    assert [path.name for path in (folder / "control").iterdir()] == [f"{exchange}.exchange"]

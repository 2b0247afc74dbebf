"""The embedded broker: kombu's transport over files, made safe for readers and writers that run side by side (ADR 9).

As it comes, that transport shows a file before it is written, so a worker may take an empty message and die of it, and it
takes a message by moving it to the system's temporary folder, which on another disk is a copy that two workers can both make.
Here both steps are one rename within the broker's folder.
"""

import os
import uuid
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    """One folder for all queues: `<time>_<id>.<queue>.msg`, oldest first by name, also across a restart of the machine."""

    @property
    def folder(self) -> Path:
        return Path(self.data_folder_in)

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:
        name = f"{time_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        aside = self.folder / f".{name}"
        aside.write_text(dumps(payload))
        aside.rename(self.folder / name)

    def _get(self, queue: str) -> Any:
        for name in sorted(os.listdir(self.folder)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = self.folder / f".taken-{name}"
            try:
                (self.folder / name).rename(taken)
            except FileNotFoundError:
                continue
            payload = taken.read_text()
            taken.unlink()
            return loads(payload)
        raise Empty

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """Bind in a file that is whole from its first moment; the transport itself changes it under a lock."""
        file = self._exchange_file(exchange)
        if not file.exists():
            aside = file.with_name(f".{uuid.uuid4()}")
            aside.write_text("[]")
            try:
                os.link(aside, file)
            except FileExistsError:
                pass  # another process was first: its file serves
            finally:
                aside.unlink()
        super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    """`folder://`: the folders are the transport's `data_folder_in` (and `_out`, the same) and `control_folder`."""

    Channel = Channel
    polling_interval = 0.05
    """Seconds between looks. kombu's whole second would also hold back tasks that are there: a worker that has its fill of
    unacknowledged ones sleeps that long before it takes the next."""

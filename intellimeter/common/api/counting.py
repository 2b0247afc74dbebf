"""How many requests a client has made in this second, counted by all processes together.

On one machine they share a small file, mapped into memory and locked for each count: some microseconds, where a cache in
files or in the database would cost more than many a request. Where `CACHE_URL` names a cache that several machines share, it
counts there.
"""

import fcntl
import mmap
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.core.cache import cache

SLOTS = 4096
_SLOT = struct.Struct("<QQQ")
"""Whose, of which second, how many. Who meets another client in a slot is counted too little, never too much."""


def count_request(client: str, second: int) -> int:
    """Which request of the client's in this second it is, from 1 on."""
    if settings.API_COUNTS_FILE is not None:
        return _shared(settings.API_COUNTS_FILE).add(client, second)
    key = _key(client, second)
    cache.add(key, 0, timeout=2)
    try:
        return int(cache.incr(key))
    except ValueError:  # evicted between the two calls
        return 1


def counted_requests(client: str, second: int) -> int:
    """How many were counted of the client in this second."""
    if settings.API_COUNTS_FILE is not None:
        return _shared(settings.API_COUNTS_FILE).of(client, second)
    return int(cache.get(_key(client, second), 0))


def _key(client: str, second: int) -> str:
    return f"throttle:{client}:{second}"


@lru_cache(maxsize=1)
def _shared(path: Path) -> "SharedCounts":
    return SharedCounts(path)


class SharedCounts:
    """The file, opened once a process. It may be deleted while nothing runs: it holds nothing older than a second."""

    def __init__(self, path: Path):
        self._threads = Lock()
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        os.ftruncate(self._file, SLOTS * _SLOT.size)
        self._slots = mmap.mmap(self._file, SLOTS * _SLOT.size)

    def add(self, client: str, second: int) -> int:
        """One more of the client in this second; how many that makes."""
        name, place = _place_of(client)
        with self._alone():
            count = self._count(name, place, second) + 1
            _SLOT.pack_into(self._slots, place, name, second, count)
        return count

    def of(self, client: str, second: int) -> int:
        """How many there are of the client in this second."""
        with self._alone():
            return self._count(*_place_of(client), second)

    def _count(self, name: int, place: int, second: int) -> int:
        owner, when, count = _SLOT.unpack_from(self._slots, place)
        return int(count) if (owner, when) == (name, second) else 0

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._threads:  # the lock on the file keeps other processes out, not other threads of this one
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def _place_of(client: str) -> tuple[int, int]:
    name = int.from_bytes(blake2b(client.encode(), digest_size=8).digest())
    return name, name % SLOTS * _SLOT.size

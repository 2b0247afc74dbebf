"""The total time of an attempt. Timeouts of single operations do not bound it: a server may send a byte every few seconds."""

import socket
from threading import Lock, Timer
from time import monotonic
from types import TracebackType
from typing import Self


class Deadline:
    """Ends every connection that it was shown when the time is up, whatever they are doing; a context manager.

    Each is shown as a plain socket before TLS begins. What is ended is a duplicate of it, which stays valid when TLS takes the
    original over. Whoever waits on the connection then meets its end, and `passed` says why.
    """

    def __init__(self, seconds: float):
        self.seconds = seconds
        self.passed = False
        self._end = monotonic() + seconds
        self._watched: list[socket.socket] = []
        self._lock = Lock()
        self._timer = Timer(seconds, self._pass)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for watched in self._watched:
                watched.close()
            self._watched.clear()

    def left(self, at_most: float) -> float:
        """The seconds that an operation may take; TimeoutError if none are left."""
        left = self._end - monotonic()
        if self.passed or left <= 0:
            self.passed = True
            raise TimeoutError
        return min(left, at_most)

    def watch(self, connection: socket.socket) -> None:
        """End this connection too when the time is up."""
        duplicate = connection.dup()
        with self._lock:
            self._watched.append(duplicate)
            if self.passed:
                _end(duplicate)

    def _pass(self) -> None:
        with self._lock:
            self.passed = True
            for watched in self._watched:
                _end(watched)


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was quicker

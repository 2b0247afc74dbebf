"""The server of `make serve`, started for a while, and a client of it that holds a real token."""

import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BIN = Path(__file__).resolve().parent.parent / ".venv" / "bin"
HOST = "127.0.0.1"
PIECE = 1 << 20


class Client:
    """One kept-alive connection."""

    def __init__(self, port: int):
        self._connection = http.client.HTTPConnection(HOST, port, timeout=120)
        self._headers = {"Content-Type": "application/json"}

    def sign_in(self, client_id: str, client_secret: str, scope: str) -> None:
        """Get a token as the API reference says."""
        body = {
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_secret": client_secret,
            "scope": scope,
        }
        answer = self.post("/api/v1/auth", json.dumps(body).encode())
        self._headers["Authorization"] = f"Bearer {answer['access_token']}"

    @property
    def authorization(self) -> str:
        return self._headers["Authorization"]

    def post(self, path: str, body: bytes) -> Any:
        return self._ask("POST", path, body)

    def get(self, path: str) -> Any:
        return self._ask("GET", path, None)

    def another(self) -> "Client":
        """A connection of its own to the same server."""
        return Client(int(self._connection.port or 0))

    def _ask(self, method: str, path: str, body: bytes | None) -> Any:
        self._connection.request(method, path, body, self._headers)
        response = self._connection.getresponse()
        content = response.read()
        if response.status != http.client.OK:
            raise RuntimeError(f"{path} answered {response.status}: {content[:300]!r}")
        return json.loads(content)

    def download(self, path: str) -> int:
        """Take the answer as it comes and keep nothing of it; how many lines it had."""
        # A connection of its own: yardsticks between two calls outlast the server's patience with an idle one.
        connection = http.client.HTTPConnection(HOST, self._connection.port, timeout=600)
        connection.request("GET", path, headers=self._headers)
        response = connection.getresponse()
        if response.status != http.client.OK:
            raise RuntimeError(f"{path} answered {response.status}: {response.read(300)!r}")
        lines = 0
        while piece := response.read(PIECE):
            lines += piece.count(b"\n")
        connection.close()
        return lines


@contextmanager
def server(application: str = "intellimeter.wsgi:application") -> Iterator[Client]:
    """A client of a server that runs as the Procfile says, on a free port; nobody asks too often for it."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [str(BIN / "granian"), "--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(
        [*command, "--no-ws", "--log-level", "error", application],
        env={**os.environ, "PYTHONWARNINGS": "ignore", "API_REQUESTS_PER_SECOND": "1000000"},
    )
    try:
        _wait_for(port)
        yield Client(port)
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server does not listen.")

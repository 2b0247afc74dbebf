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

    def post(self, path: str, body: bytes) -> Any:
        self._connection.request("POST", path, body, self._headers)
        response = self._connection.getresponse()
        content = response.read()
        if response.status != http.client.OK:
            raise RuntimeError(f"{path} answered {response.status}: {content[:300]!r}")
        return json.loads(content)


@contextmanager
def server() -> Iterator[Client]:
    """A client of a server that runs as the Procfile says, on a free port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [str(BIN / "granian"), "--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(
        [*command, "--no-ws", "--log-level", "error", "intellimeter.wsgi:application"],
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
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

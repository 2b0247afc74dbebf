"""An HTTP server that keeps what it gets, and behaves as a test says."""

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.client import parse_headers
from io import BytesIO
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer


@dataclass
class Request:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    at: float = field(default_factory=time.monotonic)
    ended: float | None = None  # when the server was done with it, or the client had gone

    def parts(self) -> dict[str, tuple[str | None, str, bytes]]:
        """Of a multipart body: by name, the file's name, the type and the content of each part."""
        whole = BytesParser().parsebytes(f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode() + self.body)
        return {
            str(part.get_param("name", header="content-disposition")): (
                part.get_filename(),
                part.get_content_type(),
                part.get_payload(decode=True),
            )
            for part in whole.get_payload()
        }


Behaviour = Callable[[socket.socket], None]


def answer(status: int = 200, body: bytes = b"ok", *headers: str) -> Behaviour:
    def act(connection: socket.socket) -> None:
        lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}", "Connection: close", *headers]
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    return act


def hang(seconds: float = 60) -> Behaviour:
    """Take the request and never answer; it ends when the client goes."""

    def act(connection: socket.socket) -> None:
        connection.settimeout(seconds)
        connection.recv(1)

    return act


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def drip(connection: socket.socket) -> None:
    """A byte every fifth of a second: no single wait is long, all of them together are."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(300):
        connection.sendall(b"x")
        time.sleep(0.2)


def garbage(connection: socket.socket) -> None:
    connection.sendall(b"\x00\xff\x16\x03 this is no HTTP at all\r\n\r\n")


def never_final(connection: socket.socket) -> None:
    """Answers that say to go on, one after the other, and none that says how it went."""
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.05)


def flood_of_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-A: " + b"A" * 60_000 + b"\r\n")


def flood(connection: socket.socket) -> None:
    """A good status, then a body without end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while True:
        connection.sendall(b"A" * 65536)


class HttpServer:
    """Listens on 127.0.0.1. `behaviours` are taken one a request; when there are none left, it answers 200."""

    def __init__(self, certificate: Path | None = None, *, newest_tls: ssl.TLSVersion | None = None):
        self.requests: list[Request] = []
        self.behaviours: list[Behaviour] = []
        self.always: Behaviour = answer()
        self.context: ssl.SSLContext | None = None
        if certificate is not None:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)
            if newest_tls is not None:
                self.context.set_ciphers("ALL:@SECLEVEL=0")
                self.context.minimum_version = ssl.TLSVersion.TLSv1
                self.context.maximum_version = newest_tls
        outer = self

        class Handler(BaseRequestHandler):
            def handle(self) -> None:
                try:
                    outer._serve(self.request)
                except (OSError, ValueError):
                    return  # the client went away

        ThreadingTCPServer.allow_reuse_address = True
        self._server = ThreadingTCPServer(("127.0.0.1", 0), Handler, bind_and_activate=True)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def url(self, path: str = "/in", *, host: str = "127.0.0.1") -> str:
        return f"{'https' if self.context else 'http'}://{host}:{self.port}{path}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, connection: socket.socket) -> None:
        if self.context is not None:
            connection = self.context.wrap_socket(connection, server_side=True)
        stream = connection.makefile("rb")
        method, target, _version = stream.readline().decode().split()
        headers = parse_headers(stream)
        body = BytesIO(stream.read(int(headers.get("Content-Length", "0"))))
        request = Request(method, target, dict(headers.items()), body.read())
        self.requests.append(request)
        behaviour = self.behaviours.pop(0) if self.behaviours else self.always
        try:
            behaviour(connection)
        finally:
            request.ended = time.monotonic()

"""Servers of both transports on this machine, and leave to reach it."""

from collections.abc import Callable, Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from fileupload import transports
from fileupload.transports import Parcel
from tests.fileupload.servers.certificates import Authority
from tests.fileupload.servers.ftps import FtpsServer
from tests.fileupload.servers.http import HttpServer

PARCEL = Parcel("6f1c2a30-0000-4000-8000-000000000001", "20-350-0001_x.csv", "text/csv", b"name,serial_number\r\n")


@pytest.fixture
def may_reach_this_machine(settings) -> None:
    settings.FILE_UPLOAD_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]


@pytest.fixture
def short_attempts(monkeypatch) -> None:
    """Attempts of at most two seconds, of which a silent server gets one."""
    monkeypatch.setattr(transports, "TOTAL_SECONDS", 2.0)
    monkeypatch.setattr("fileupload.network.connecting.READ_SECONDS", 1.0)
    monkeypatch.setattr("fileupload.transports.http.READ_SECONDS", 1.0)


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def http_server(may_reach_this_machine) -> Iterator[HttpServer]:
    server = HttpServer()
    yield server
    server.stop()


@pytest.fixture
def https_server(may_reach_this_machine, authority, tmp_path) -> Iterator[Callable[..., HttpServer]]:
    """Makes a server with a certificate for the hosts named."""
    made: list[HttpServer] = []

    def make(*hosts: str, by: Authority = authority, ended: bool = False, **options: Any) -> HttpServer:
        made.append(HttpServer(by.issue(tmp_path, *hosts, ended=ended), **options))
        return made[-1]

    yield make
    for server in made:
        server.stop()


@pytest.fixture
def ftps_server(may_reach_this_machine, authority, tmp_path) -> Iterator[Callable[..., FtpsServer]]:
    """Makes a server; `hosts` are those of its certificate, `by` who signs it."""
    made: list[FtpsServer] = []

    def make(
        *hosts: str,
        by: Authority = authority,
        root: Path = tmp_path / "ftp",
        tls: bool = True,
        ended: bool = False,
        **options: Any,
    ) -> FtpsServer:
        certificate = by.issue(tmp_path, *(hosts or ("127.0.0.1",)), ended=ended) if tls else None
        made.append(FtpsServer(root, certificate, **options))
        return made[-1]

    yield make
    for server in made:
        server.stop()


@pytest.fixture
def names(monkeypatch) -> dict[str, list[str]]:
    """What names resolve to: `names["hooks.example.com"] = ["93.184.216.34"]`; of several answers in a list of lists, one a time.
    Other names and addresses go to the system."""
    import socket

    known: dict[str, Any] = {}
    system = socket.getaddrinfo

    def look_up(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        if host not in known:
            return system(host, port, *args, **kwargs)
        found = known[host]
        if found and isinstance(found[0], list):
            found = found.pop(0)
        return [entry for address in found for entry in system(address, port, *args, **kwargs)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known

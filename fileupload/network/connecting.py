"""Connections to destinations: the name is resolved once, its addresses are judged, and one of those is connected to.

Nothing resolves the name a second time in between, so a name whose answer changes gains nothing. TLS goes on checking the
certificate against the name.
"""

import socket
import ssl
from collections.abc import Sequence
from queue import Empty, Queue
from threading import Thread
from typing import Any

from fileupload.network.addresses import all_allowed
from fileupload.network.deadline import Deadline

RESOLVE_SECONDS = 5.0
CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
MOST_ADDRESSES = 8

Found = tuple[int, int, int, str, Any]


class ForbiddenAddress(Exception):
    """The name leads to where no destination may be."""

    def __init__(self, host: str):
        super().__init__(
            f"{host} is, or leads to, an address that is not public; files are sent to public addresses only."
        )


class Unresolvable(Exception):
    """The name has no address, or nobody said so in time."""

    def __init__(self, host: str):
        super().__init__(f"The name {host} cannot be resolved.")


def resolve(host: str, port: int, *, seconds: float = RESOLVE_SECONDS) -> Sequence[Found]:
    """All addresses of the name, each of them allowed; `Unresolvable` or `ForbiddenAddress` otherwise.

    Numbers in any notation that the system takes for an address (decimal, octal, hexadecimal) come out as that address here,
    and are judged as such. The resolver knows no timeout, so it is asked in a thread that is left behind if it takes too long.
    """
    answer: Queue[Sequence[Found] | Exception] = Queue()

    def ask() -> None:
        try:
            answer.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=seconds)
    except Empty:
        raise Unresolvable(host) from None
    if isinstance(found, Exception) or not found:
        raise Unresolvable(host)
    if not all_allowed(str(address[0]) for *_, address in found):
        raise ForbiddenAddress(host)
    return found


def connect(host: str, port: int, deadline: Deadline) -> socket.socket:
    """A plain connection to the first of the name's addresses that takes one, under the deadline."""
    found = resolve(host, port, seconds=deadline.left(RESOLVE_SECONDS))
    failure: OSError | None = None
    for family, kind, protocol, _name, address in found[:MOST_ADDRESSES]:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(deadline.left(CONNECT_SECONDS))
            connection.connect(address)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.settimeout(deadline.left(READ_SECONDS))
        except OSError as error:
            connection.close()
            failure = error
        else:
            deadline.watch(connection)
            return connection
    assert failure is not None
    raise failure


def tls(ca_certificate: str | None = None) -> ssl.SSLContext:
    """TLS 1.2 or newer, certificate and name checked against the system's authorities and the one given (PEM)."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_certificate:
        context.load_verify_locations(cadata=ca_certificate)
    return context

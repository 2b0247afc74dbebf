"""HTTP and HTTPS: one request, no redirects, and at most 64 KB of its answer read (decisions, section 9)."""

import json
import socket
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.filepost import encode_multipart_formdata
from urllib3.util import Url, parse_url

from fileupload import transports
from fileupload.models import HttpDestination
from fileupload.network.connecting import CONNECT_SECONDS, READ_SECONDS, ForbiddenAddress, Unresolvable, connect, tls
from fileupload.network.deadline import Deadline
from fileupload.transports.problems import sentence

MOST_ANSWER = 64 * 1024
KEPT_ANSWER = 2000
PORTS = {"http": 80, "https": 443}


class PinnedConnection(HTTPConnection):
    """Connects where `connect` says; all else of the connection is urllib3's."""

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.deadline = deadline

    def _new_conn(self) -> socket.socket:
        return connect(self._dns_host, int(self.port or PORTS["http"]), self.deadline)


class PinnedSecureConnection(HTTPSConnection):
    """The same below TLS, which then names and checks the host of the URL."""

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.deadline = deadline

    def _new_conn(self) -> socket.socket:
        return connect(self._dns_host, int(self.port or PORTS["https"]), self.deadline)


class PinnedPool(HTTPConnectionPool):
    ConnectionCls = PinnedConnection


class PinnedSecurePool(HTTPSConnectionPool):
    ConnectionCls = PinnedSecureConnection


@transports.TRANSPORTS.register("http")
def send(destination: HttpDestination, parcel: transports.Parcel) -> transports.Outcome:
    """One request with the file; taken means the expected status code, and nothing else."""
    with Deadline(transports.TOTAL_SECONDS) as deadline:
        try:
            answer = _request(destination, parcel, deadline)
            deadline.left(READ_SECONDS)  # http.client takes an answer that was cut off in its headers for a whole one
        except (HTTPError, OSError, ValueError, ForbiddenAddress, Unresolvable) as error:
            return transports.Outcome(False, problem=sentence(error, deadline))
        taken = answer.status == destination.expected_code
        said = _beginning(answer)
        answer.close()
    problem = "" if taken else f"The server answered {answer.status}; {destination.expected_code} is expected."
    return transports.Outcome(taken, answer.status, said, problem)


def _request(destination: HttpDestination, parcel: transports.Parcel, deadline: Deadline) -> HTTPResponse:
    url = parse_url(destination.url)
    content, content_type = _content(destination, parcel)
    own: dict[str, Any] = destination.header or {}  # type: ignore[assignment] # the plugin takes the field for a text's
    pool = _pool(url, deadline)
    try:
        answer = pool.urlopen(
            destination.method,
            url.request_uri,
            body=content,
            headers=_headers(own, content_type, parcel.delivery_id),
            retries=False,
            redirect=False,
            assert_same_host=False,
            preload_content=False,
            decode_content=False,
        )
    finally:
        pool.close()
    assert isinstance(answer, HTTPResponse)
    return answer


def _pool(url: Url, deadline: Deadline) -> HTTPConnectionPool:
    assert url.host is not None
    assert url.scheme is not None
    timeout = Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    port = url.port or PORTS[url.scheme]
    if url.scheme == "https":
        return PinnedSecurePool(
            url.host, port, timeout=timeout, deadline=deadline, ssl_context=tls(), cert_reqs="CERT_REQUIRED"
        )
    return PinnedPool(url.host, port, timeout=timeout, deadline=deadline)


def _content(destination: HttpDestination, parcel: transports.Parcel) -> tuple[bytes, str]:
    """The request's body and its type: the file itself, or the destination's own keys as parts with the file beside them."""
    if destination.body is None:
        return parcel.content, parcel.content_type
    parts: list[tuple[str, Any]] = [
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in destination.body.items()
    ]
    parts.append(("file", (parcel.name, parcel.content, parcel.content_type)))
    return encode_multipart_formdata(parts)


def _headers(own: dict[str, Any], content_type: str, delivery_id: str) -> dict[str, str]:
    """Ours, and over them the destination's own; names are compared without regard to case."""
    headers = {"User-Agent": "Intellimeter", "Accept-Encoding": "identity", "Content-Type": content_type}
    named = {name.lower() for name in own}
    kept = {name: value for name, value in headers.items() if name.lower() not in named}
    return {**kept, **{name: str(value) for name, value in own.items()}, "X-Delivery-Id": delivery_id}


def _beginning(answer: HTTPResponse) -> str:
    """The beginning of the answer's body as text. The status has decided by then, so a body that breaks off changes nothing."""
    try:
        content = answer.read(MOST_ANSWER, decode_content=False) or b""
    except (HTTPError, OSError, ValueError):
        return ""
    return content.decode(errors="replace")[:KEPT_ANSWER]

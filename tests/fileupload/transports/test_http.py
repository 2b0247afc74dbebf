"""One request to a real server, and to servers that behave badly."""

import socket
import ssl
from contextlib import ExitStack
from ssl import TLSVersion

import pytest

from fileupload.models import HttpDestination
from fileupload.transports import Outcome
from fileupload.transports.http import send
from tests.fileupload.conftest import PARCEL
from tests.fileupload.pace import within
from tests.fileupload.servers.certificates import Authority
from tests.fileupload.servers.http import answer, drip, flood, flood_of_headers, garbage, hang, never_final, reset


def to(url: str, **settings) -> HttpDestination:
    return HttpDestination(transport="http", file_type="CSV", url=url, **settings)


def trusting(monkeypatch, authority: Authority) -> None:
    """Have the system's authorities be the tests'."""
    load = ssl.SSLContext.load_default_certs
    monkeypatch.setattr(
        ssl.SSLContext,
        "load_default_certs",
        lambda context, *purpose: (load(context, *purpose), context.load_verify_locations(cadata=authority.pem)),
    )


def test_the_file_is_the_body_with_its_own_content_type(http_server):
    outcome = send(to(http_server.url("/in?a=1")), PARCEL)

    [request] = http_server.requests
    assert outcome == Outcome(True, 200, "ok")
    assert (request.method, request.target, request.body) == ("POST", "/in?a=1", PARCEL.content)
    assert request.headers == {
        "Host": f"127.0.0.1:{http_server.port}",
        "Accept-Encoding": "identity",
        "Content-Length": str(len(PARCEL.content)),
        "User-Agent": "Intellimeter",
        "Content-Type": "text/csv",
        "X-Delivery-Id": PARCEL.delivery_id,
    }


def test_headers_are_added_and_may_say_another_type(http_server):
    header = {"Authorization": "Bearer abc", "content-type": "text/plain", "X-Count": 3}

    send(to(http_server.url(), header=header), PARCEL)

    sent = http_server.requests[0].headers
    assert (sent["Authorization"], sent["content-type"], sent["X-Count"]) == ("Bearer abc", "text/plain", "3")
    assert "Content-Type" not in sent


def test_with_a_body_the_file_is_a_part_beside_its_keys(http_server):
    body = {"site": "Élan", "number": 7, "deep": {"a": [1, None]}, 'quo"te': "line\r\nbreak"}

    send(to(http_server.url(), body=body), PARCEL)

    assert http_server.requests[0].parts() == {
        "site": (None, "text/plain", "Élan".encode()),
        "number": (None, "text/plain", b"7"),
        "deep": (None, "text/plain", b'{"a": [1, null]}'),
        "quo%22te": (None, "text/plain", b"line\r\nbreak"),
        "file": (PARCEL.name, "text/csv", PARCEL.content),
    }


def test_an_empty_body_is_a_body(http_server):
    send(to(http_server.url(), body={}), PARCEL)

    assert http_server.requests[0].parts() == {"file": (PARCEL.name, "text/csv", PARCEL.content)}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
def test_every_method_brings_the_file(http_server, method):
    outcome = send(to(http_server.url(), method=method), PARCEL)

    assert outcome.taken
    assert (http_server.requests[0].method, http_server.requests[0].body) == (method, PARCEL.content)


def test_success_is_the_expected_code_and_nothing_else(http_server):
    http_server.behaviours = [answer(201, b"made"), answer(200), answer(404, b"no such thing")]

    assert send(to(http_server.url(), expected_code=201), PARCEL) == Outcome(True, 201, "made")
    assert send(to(http_server.url(), expected_code=201), PARCEL) == Outcome(
        False, 200, "ok", "The server answered 200; 201 is expected."
    )
    assert send(to(http_server.url()), PARCEL) == Outcome(
        False, 404, "no such thing", "The server answered 404; 200 is expected."
    )


def test_redirects_are_not_followed(http_server):
    http_server.behaviours = [answer(302, b"", f"Location: {http_server.url('/other')}")] * 2

    assert not send(to(http_server.url()), PARCEL).taken
    assert send(to(http_server.url(), expected_code=302), PARCEL).taken
    assert [request.target for request in http_server.requests] == ["/in", "/in"]


def test_environment_names_no_proxy(http_server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert send(to(http_server.url()), PARCEL).taken


def test_an_endless_answer_is_read_to_64_kb(http_server):
    http_server.behaviours = [flood]

    outcome = send(to(http_server.url()), PARCEL)

    assert outcome == Outcome(True, 200, "A" * 2000)


@pytest.mark.parametrize(
    ("behaviour", "problem"),
    [
        (hang(), "The server did not answer in time."),
        (drip, "The server did not finish within 2 seconds."),
        (never_final, "The server did not finish within 2 seconds."),
        (reset, "The server broke the connection off."),
    ],
)
def test_what_misbehaves_costs_a_bounded_time(http_server, short_attempts, behaviour, problem):
    http_server.always = behaviour

    assert within(3, lambda: send(to(http_server.url()), PARCEL)) == Outcome(False, problem=problem)


@pytest.mark.parametrize("behaviour", [garbage, flood_of_headers])
def test_what_is_no_http_is_a_failure(http_server, behaviour):
    http_server.behaviours = [behaviour]

    outcome = send(to(http_server.url()), PARCEL)

    assert (outcome.taken, outcome.code) == (False, None)
    assert outcome.problem != ""


def test_nobody_listening_is_a_failure(http_server):
    http_server.stop()

    assert send(to(http_server.url()), PARCEL) == Outcome(False, problem="The server refused the connection.")


def test_a_certificate_of_the_systems_authorities_will_do(https_server, authority, monkeypatch, names):
    trusting(monkeypatch, authority)
    names["hooks.example.com"] = ["127.0.0.1"]
    server = https_server("hooks.example.com")

    outcome = send(to(server.url(host="hooks.example.com")), PARCEL)

    assert outcome == Outcome(True, 200, "ok")
    assert server.requests[0].headers["Host"] == f"hooks.example.com:{server.port}"


def test_a_certificate_for_another_name_is_refused(https_server, authority, monkeypatch, names):
    trusting(monkeypatch, authority)
    names["hooks.example.com"] = ["127.0.0.1"]
    server = https_server("other.example.com")

    outcome = send(to(server.url(host="hooks.example.com")), PARCEL)

    assert outcome.problem.startswith("The server's certificate is not trusted: Hostname mismatch")
    assert server.requests == []


def test_a_certificate_of_a_stranger_is_refused(https_server):
    server = https_server("127.0.0.1", by=Authority("Stranger"))

    outcome = send(to(server.url()), PARCEL)

    assert outcome.problem.startswith("The server's certificate is not trusted: ")
    assert server.requests == []


def test_a_certificate_whose_time_is_over_is_refused(https_server, authority, monkeypatch):
    trusting(monkeypatch, authority)
    server = https_server("127.0.0.1", ended=True)

    outcome = send(to(server.url()), PARCEL)

    assert outcome == Outcome(False, problem="The server's certificate is not trusted: certificate has expired.")
    assert server.requests == []


def test_tls_older_than_1_2_is_refused(https_server, authority, monkeypatch):
    trusting(monkeypatch, authority)
    old, new = (https_server("127.0.0.1", newest_tls=newest) for newest in (TLSVersion.TLSv1_1, TLSVersion.TLSv1_2))

    assert send(to(new.url()), PARCEL).taken
    outcome = send(to(old.url()), PARCEL)

    assert outcome.problem.startswith("The server does not speak TLS as it should: ")
    assert old.requests == []


@pytest.mark.parametrize(
    "unfit",
    [
        {"header": {"X-A": "1\r\nX-B: 2"}},
        {"header": {"X-A\r\nX-B": "2"}},
        {"header": {"X-A": "1\n\nGET / HTTP/1.1"}},
        {"method": "POST / HTTP/1.1\r\nX-B: 2\r\nX-C:"},
    ],
)
def test_a_line_break_makes_no_second_header(http_server, unfit):
    """The checks of settings refuse it already; the protocol does once more."""
    outcome = send(to(http_server.url(), **unfit), PARCEL)

    assert (outcome.taken, http_server.requests) == (False, [])
    assert outcome.problem


def test_a_line_break_in_the_url_is_part_of_the_path(http_server):
    send(to(http_server.url("/in\r\nX-B: 2")), PARCEL)

    [request] = http_server.requests
    assert request.target == "/in%0D%0AX-B:%202"
    assert "X-B" not in request.headers


def test_server_that_takes_no_connection_costs_a_bounded_time(may_reach_this_machine, short_attempts, monkeypatch):
    """Its queue is full, as behind a firewall that drops what comes."""
    monkeypatch.setattr("fileupload.network.connecting.CONNECT_SECONDS", 1.0)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as held:
        for _ in range(3):
            waiting = held.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())

        outcome = within(3, lambda: send(to(f"http://127.0.0.1:{full.getsockname()[1]}/"), PARCEL))

    assert outcome == Outcome(False, problem="The server did not answer in time.")

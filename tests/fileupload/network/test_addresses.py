"""Where files may go: public addresses, in whatever notation, and nowhere inside."""

import socket
from ipaddress import ip_network
from threading import Event

import pytest

from fileupload.network.addresses import is_allowed
from fileupload.network.connecting import ForbiddenAddress, Unresolvable, connect, resolve
from fileupload.network.deadline import Deadline

INSIDE = [
    "0.0.0.0",  # noqa: S104 - refused, not bound
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "168.63.129.16",
    "172.16.0.1",
    "172.31.255.255",
    "100.127.255.254",
    "169.254.0.1",
    "169.254.170.2",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "feb0::1",
    "fdff::1",
    "ff0e::1",
    "::ffff:10.0.0.1",
    "::ffff:100.64.0.1",
    "::8.8.8.8",
    "64:ff9b::a00:1",
    "2002:a9fe:a9fe::",
    "2001:0:7f00:1::",
    "ff02::1",
]
PUBLIC = ["8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
NOTATIONS = [
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "0xA9FEA9FE",
    "2852039166",
    "localhost",
    "LocalHost",
    "[::1]",
    "0",
    "0x0",
    "00000000177.0.0.1",
    "127。0。0。1",
    "①②⑦.⓪.⓪.①",
    "0:0:0:0:0:0:0:1",
    "::ffff:7f00:1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::127.0.0.1",
    "fe80::1%1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_refused(address):
    assert not is_allowed(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_serve(address):
    assert is_allowed(address)


@pytest.mark.parametrize("host", NOTATIONS)
def test_every_notation_of_an_address_inside_is_refused(host):
    with pytest.raises(ForbiddenAddress):
        resolve(host.strip("[]"), 443)


def test_operator_opens_a_network(settings):
    settings.FILE_UPLOAD_ALLOWED_NETWORKS = [ip_network("10.1.0.0/16"), ip_network("fd00::/8")]

    assert is_allowed("10.1.2.3")
    assert is_allowed("::ffff:10.1.2.3")
    assert is_allowed("fd00::1")
    assert not is_allowed("10.2.0.1")
    assert not is_allowed("127.0.0.1")


def test_one_address_inside_is_enough_to_refuse_a_name(names):
    names["hooks.example.com"] = ["93.184.216.34", "10.0.0.1"]

    with pytest.raises(ForbiddenAddress):
        resolve("hooks.example.com", 443)


def test_a_name_without_an_address_cannot_be_resolved():
    with pytest.raises(Unresolvable):
        resolve("nobody.invalid", 443)


def test_a_resolver_that_does_not_answer_is_left_behind(monkeypatch):
    answers = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: answers.wait(60))

    with pytest.raises(Unresolvable):
        resolve("slow.example.com", 443, seconds=0.2)
    assert not answers.is_set()
    answers.set()


def test_connection_goes_to_the_judged_address_without_asking_again(http_server, names):
    """A name that answers with an allowed address first and another one after that gains nothing."""
    names["hooks.example.com"] = [["127.0.0.1"], ["127.0.0.66"]]

    with Deadline(5) as deadline:
        connection = connect("hooks.example.com", http_server.port, deadline)
        peer = connection.getpeername()
        connection.close()

    assert peer == ("127.0.0.1", http_server.port)
    assert names["hooks.example.com"] == [["127.0.0.66"]]


def test_connection_is_judged_though_the_settings_were(http_server, names, settings):
    """The answer changes between save and connection: it is the connection's that counts."""
    settings.FILE_UPLOAD_ALLOWED_NETWORKS = []
    names["hooks.example.com"] = [["93.184.216.34"], ["127.0.0.1"]]
    resolve("hooks.example.com", http_server.port)

    with Deadline(5) as deadline, pytest.raises(ForbiddenAddress):
        connect("hooks.example.com", http_server.port, deadline)
    assert http_server.requests == []

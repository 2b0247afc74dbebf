"""A file onto pyftpdlib under TLS: what it does there, and what it refuses to do."""

import pytest
from OpenSSL import SSL

from fileupload.models import FtpsDestination
from fileupload.transports import Outcome, ftps
from fileupload.transports.ftps import send
from tests.fileupload.conftest import PARCEL
from tests.fileupload.pace import within
from tests.fileupload.servers.certificates import Authority
from tests.fileupload.servers.ftps import PASSWORD, USER, talking


def to(server, *, host: str = "127.0.0.1", **settings) -> FtpsDestination:
    defaults = {"user": USER, "password": PASSWORD, "port": server.port}
    return FtpsDestination(transport="ftps", file_type="CSV", host=host, **{**defaults, **settings})


@pytest.fixture
def trusted(authority) -> str:
    return authority.pem


def test_file_is_written_under_another_name_and_renamed(ftps_server, trusted):
    server = ftps_server()

    outcome = send(to(server, ca_certificate=trusted), PARCEL)

    assert outcome == Outcome(True, 250, "250 Renaming ok.")
    assert server.files() == {PARCEL.name: PARCEL.content}
    assert [line.split()[0] for line in server.commands] == [
        *("AUTH", "USER", "PASS", "PBSZ", "PROT", "TYPE", "PASV", "STOR", "RNFR", "RNTO", "QUIT")
    ]
    assert f"STOR .{PARCEL.name}.part" in server.commands
    assert "PROT P" in server.commands


def test_path_is_made_where_it_is_missing(ftps_server, trusted):
    server = ftps_server()
    (server.root / "reads").mkdir()

    for path in ("/reads/élan vital/2021", "reads/élan vital/2021/"):
        assert send(to(server, ca_certificate=trusted, path=path), PARCEL).taken

    assert server.files() == {f"reads/élan vital/2021/{PARCEL.name}": PARCEL.content}


def test_a_repeat_replaces_the_file_of_the_same_name(ftps_server, trusted):
    server = ftps_server()
    (server.root / PARCEL.name).write_bytes(b"half")

    assert send(to(server, ca_certificate=trusted), PARCEL).taken
    assert server.files() == {PARCEL.name: PARCEL.content}


@pytest.mark.parametrize("version", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_data_channel_resumes_the_session_as_vsftpd_requires(ftps_server, trusted, version):
    server = ftps_server(insists=True, tls_version=version)

    outcome = send(to(server, ca_certificate=trusted), PARCEL)

    assert outcome.taken
    assert server.resumed == [True]
    assert server.files() == {PARCEL.name: PARCEL.content}


def test_address_in_the_servers_answer_is_not_used(ftps_server, trusted):
    server = ftps_server(lies_about_address=True)

    assert send(to(server, ca_certificate=trusted), PARCEL).taken


def test_port_990_begins_with_tls(ftps_server, trusted, monkeypatch):
    server = ftps_server(implicit=True)
    monkeypatch.setattr(ftps, "IMPLICIT_PORT", server.port)

    assert send(to(server, ca_certificate=trusted), PARCEL).taken
    assert server.files() == {PARCEL.name: PARCEL.content}
    assert "AUTH TLS" not in server.commands


def test_plain_ftp_gets_neither_user_nor_password(ftps_server):
    server = ftps_server(tls=False)

    outcome = send(to(server), PARCEL)

    assert outcome == Outcome(
        False,
        500,
        '500 Command "AUTH" not understood.',
        'The server answered: 500 Command "AUTH" not understood.',
    )
    assert server.commands == ["AUTH TLS"]


def test_certificate_of_a_stranger_is_refused_before_the_password(ftps_server, trusted):
    server = ftps_server(by=Authority("Stranger"))

    for certificate in (None, trusted):
        outcome = send(to(server, ca_certificate=certificate), PARCEL)
        assert outcome.problem.startswith("The server's certificate is not trusted: ")
    assert set(server.commands) == {"AUTH TLS"}


def test_certificate_for_another_host_is_refused(ftps_server, trusted, names):
    names["ftps.example.com"] = ["127.0.0.1"]
    server = ftps_server("other.example.com")

    outcome = send(to(server, host="ftps.example.com", ca_certificate=trusted), PARCEL)

    assert outcome.problem.startswith("The server's certificate is not trusted: Hostname mismatch")
    assert server.commands == ["AUTH TLS"]


def test_host_is_checked_by_its_name_though_connected_by_address(ftps_server, trusted, names):
    names["ftps.example.com"] = ["127.0.0.1"]
    server = ftps_server("ftps.example.com")

    assert send(to(server, host="ftps.example.com", ca_certificate=trusted), PARCEL).taken


def test_tls_older_than_1_2_is_refused(ftps_server, trusted):
    server = ftps_server(tls_version=SSL.TLS1_1_VERSION)

    outcome = send(to(server, ca_certificate=trusted), PARCEL)

    assert not outcome.taken
    assert server.commands == ["AUTH TLS"]


def test_wrong_password_is_told_in_the_servers_words(ftps_server, trusted):
    server = ftps_server()

    outcome = send(to(server, ca_certificate=trusted, password="wrong"), PARCEL)

    assert (outcome.taken, outcome.code, outcome.problem) == (
        False,
        530,
        "The server answered: 530 Authentication failed.",
    )


@pytest.mark.parametrize("field", ["user", "password", "path"])
def test_a_line_break_makes_no_second_command(ftps_server, trusted, field):
    """The checks of settings refuse it already; the protocol does once more."""
    server = ftps_server()

    outcome = send(to(server, ca_certificate=trusted, **{field: "x\r\nDELE y"}), PARCEL)

    assert not outcome.taken
    assert not any("DELE" in line for line in server.commands)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ((), "The server did not answer in time."),
        ((b"220 hello\r\n",), "The server did not answer in time."),
        ((b"220-" + b"x" * 1000 + b"\r\n",) * 100, "The server answered: The server's answers are too long."),
        (
            (b"SSH-2.0-OpenSSH_9.2\r\n",),
            "The server answered: SSH-2.0-OpenSSH_9.2. This is an SSH server; name the port of the FTPS server.",
        ),
        ((b"\xff\xfe\r\n",), "The server answered: ��"),
    ],
)
def test_what_misbehaves_costs_a_bounded_time(may_reach_this_machine, short_attempts, said, problem):
    server = type("Server", (), {"port": talking(*said)})

    outcome = within(3, lambda: send(to(server), PARCEL))

    assert (outcome.taken, outcome.problem) == (False, problem)


@pytest.mark.parametrize("command", ["USER", "PASS", "PBSZ", "PROT", "CWD", "TYPE", "STOR", "RNFR", "RNTO"])
def test_silence_at_any_step_is_a_failed_attempt_of_bounded_time(ftps_server, trusted, short_attempts, command):
    server = ftps_server(silent_at=command)

    outcome = within(3, lambda: send(to(server, ca_certificate=trusted, path="in"), PARCEL))

    assert outcome == Outcome(False, problem="The server did not answer in time.")
    assert server.commands[-1].startswith(command)
    assert PARCEL.name not in server.files()


def test_silence_at_the_farewell_changes_nothing(ftps_server, trusted, short_attempts):
    server = ftps_server(silent_at="QUIT")

    assert send(to(server, ca_certificate=trusted), PARCEL).taken
    assert server.files() == {PARCEL.name: PARCEL.content}


def test_certificate_whose_time_is_over_is_refused(ftps_server, trusted):
    server = ftps_server(ended=True)

    outcome = send(to(server, ca_certificate=trusted), PARCEL)

    assert outcome == Outcome(False, problem="The server's certificate is not trusted: certificate has expired.")
    assert server.commands == ["AUTH TLS"]

"""FTPS: TLS on both channels, a temporary name, then the real one (decisions, section 9).

Explicit TLS, implicit on port 990. A server without TLS gets neither the name of the user nor the password.
"""

import ftplib
import socket
import ssl
from typing import Any

from fileupload import transports
from fileupload.models import FtpsDestination
from fileupload.network.connecting import CONNECT_SECONDS, ForbiddenAddress, Unresolvable, connect, tls
from fileupload.network.deadline import Deadline
from fileupload.transports.problems import sentence

IMPLICIT_PORT = 990
MOST_WORDS = 64 * 1024
KEPT_ANSWER = 2000
FAILURES: tuple[type[Exception], ...] = (*ftplib.all_errors, ValueError, ForbiddenAddress, Unresolvable)


class Session(ftplib.FTP_TLS):
    """A control channel to a judged address, and data channels to that same address that resume its TLS session.

    The address in a PASV answer is not used (ftplib takes the control channel's peer), so a server cannot send us elsewhere.
    """

    def __init__(self, host: str, port: int, context: ssl.SSLContext, deadline: Deadline):
        super().__init__(context=context, timeout=CONNECT_SECONDS)
        self.deadline = deadline
        self.words = 0
        self.host, self.port = host, port
        self.sock: Any = connect(host, port, deadline)
        self.af = self.sock.family
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        if self.port == IMPLICIT_PORT:
            self.sock = self.context.wrap_socket(self.sock, server_hostname=self.host)
        self._listen()
        self.welcome = self.getresp()
        if self.port != IMPLICIT_PORT:
            self.auth()
            self._listen()

    def _listen(self) -> None:
        """Read the connection's lines, whatever bytes a server of another alphabet writes."""
        self.file: Any = self.sock.makefile("r", encoding=self.encoding, errors="replace")

    def getline(self) -> str:
        """A line of an answer; a server that never stops talking is not listened to for good, nor one of another protocol (22,
        the default port, is SSH's)."""
        line = super().getline()
        if line.startswith("SSH-"):
            raise ftplib.error_proto(f"{line[:100]}. This is an SSH server; name the port of the FTPS server.")
        self.words += len(line)
        if self.words > MOST_WORDS:
            raise ftplib.error_proto("The server's answers are too long.")
        return line

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[socket.socket, int | None]:
        connection, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        connection.settimeout(self.sock.gettimeout())
        self.deadline.watch(connection)
        return (
            self.context.wrap_socket(connection, server_hostname=self.host, session=self.sock.session),
            size,
        )

    def go_to(self, path: str) -> None:
        """Make the folder the working one, and first make what is missing of it."""
        if path.startswith("/"):
            self.cwd("/")
        for name in filter(None, path.split("/")):
            try:
                self.cwd(name)
            except ftplib.error_perm:
                self.mkd(name)
                self.cwd(name)

    def store(self, name: str, content: bytes) -> str:
        """Write the file; the server's last word. Its end is the answer on the control channel, not the data channel's farewell,
        which many servers leave out."""
        self.voidcmd("TYPE I")
        connection = self.transfercmd(f"STOR {name}")
        try:
            connection.sendall(content)
            _say_farewell(connection)
        finally:
            connection.close()
        return self.voidresp()

    def put_in_place(self, temporary: str, name: str) -> str:
        """Give the file its name; a file of that name is an earlier attempt's and makes way where the server insists."""
        try:
            return self.rename(temporary, name)
        except ftplib.error_perm:
            self.delete(name)
            return self.rename(temporary, name)


@transports.TRANSPORTS.register("ftps")
def send(destination: FtpsDestination, parcel: transports.Parcel) -> transports.Outcome:
    """Put the file on the server; taken means that it has its name there."""
    with Deadline(transports.TOTAL_SECONDS) as deadline:
        try:
            answer = _put(destination, parcel, deadline)
        except FAILURES as error:
            said = str(error) if isinstance(error, ftplib.Error) else ""
            problem = f"The server answered: {said}" if said else sentence(error, deadline)
            return transports.Outcome(False, _code(said), said[:KEPT_ANSWER], problem[:KEPT_ANSWER])
    return transports.Outcome(True, _code(answer), answer[:KEPT_ANSWER])


def _put(destination: FtpsDestination, parcel: transports.Parcel, deadline: Deadline) -> str:
    session = Session(destination.host, destination.port, tls(destination.ca_certificate), deadline)
    try:
        session.login(destination.user, destination.password, secure=False)  # TLS is up, or there would be no session
        session.prot_p()
        if destination.path:
            session.go_to(destination.path)
        temporary = f".{parcel.name}.part"
        session.store(temporary, parcel.content)
        answer = session.put_in_place(temporary, parcel.name)
        _quit(session)
    finally:
        session.close()
    return answer


def _say_farewell(connection: Any) -> None:
    try:
        connection.unwrap()
    except OSError:
        return


def _quit(session: Session) -> None:
    """The file is there; a server that does not answer the farewell changes nothing."""
    try:
        session.quit()
    except ftplib.all_errors:
        return


def _code(answer: str) -> int | None:
    return int(answer[:3]) if answer[:3].isdigit() else None

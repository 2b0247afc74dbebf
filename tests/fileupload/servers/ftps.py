"""pyftpdlib with TLS, as strict as vsftpd where a test wants it: data channels must resume the control channel's session."""

import socket
import threading
from pathlib import Path

from OpenSSL import SSL
from OpenSSL._util import lib as openssl
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler, TLS_DTPHandler, TLS_FTPHandler
from pyftpdlib.ioloop import IOLoop
from pyftpdlib.servers import FTPServer

USER, PASSWORD = "customer", "s3cret pass"


class ResumingData(TLS_DTPHandler):
    """Refuses data whose TLS session is a new one (vsftpd's `require_ssl_reuse`)."""

    def handle_ssl_established(self) -> None:
        resumed = openssl.SSL_session_reused(self.socket._ssl) == 1
        self.cmd_channel.server.resumed.append(resumed)
        if not resumed and self.cmd_channel.server.insists:
            self.cmd_channel.respond("522 SSL connection failed; session reuse required.")
            self.close()
            return
        super().handle_ssl_established()


class FtpsServer:
    """Listens on 127.0.0.1 and keeps files in `root`. Without a certificate it has no TLS; `implicit` begins with it.
    `silent_at` names a command that it never answers."""

    def __init__(
        self,
        root: Path,
        certificate: Path | None,
        *,
        implicit: bool = False,
        insists: bool = False,
        lies_about_address: bool = False,
        silent_at: str = "",
        tls_version: int | None = None,
    ):
        root.mkdir(parents=True, exist_ok=True)
        self.root = root
        authorizer = DummyAuthorizer()
        authorizer.add_user(USER, PASSWORD, str(root), perm="elradfmwMT")
        base = FTPHandler if certificate is None else TLS_FTPHandler
        self.commands: list[str] = []
        outer = self

        class Handler(base):  # type: ignore[misc, valid-type]
            def pre_process_command(self, line: str, cmd: str, arg: str) -> None:
                outer.commands.append(line)
                if cmd != silent_at:
                    super().pre_process_command(line, cmd, arg)

            def handle(self) -> None:
                if implicit:
                    self.secure_connection(self.get_ssl_context())
                else:
                    super().handle()

            def handle_ssl_established(self) -> None:
                if implicit:
                    super().handle()

        Handler.authorizer = authorizer
        Handler.banner = "ready"
        if lies_about_address:
            Handler.masquerade_address = "10.9.8.7"
        if certificate is not None:
            Handler.certfile = str(certificate)
            Handler.tls_control_required = True
            Handler.tls_data_required = True
            Handler.dtp_handler = ResumingData
            context = SSL.Context(SSL.TLS_SERVER_METHOD)
            context.use_certificate_chain_file(str(certificate))
            context.use_privatekey_file(str(certificate))
            context.set_session_id(b"tests")
            if tls_version is not None:
                context.set_min_proto_version(tls_version)
                context.set_max_proto_version(tls_version)
            Handler.ssl_context = context
        self._loop = IOLoop()
        self._server = FTPServer(("127.0.0.1", 0), Handler, ioloop=self._loop)
        self._server.resumed, self._server.insists = [], insists
        self.port = self._server.address[1]
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def resumed(self) -> list[bool]:
        """Of each data channel, whether it resumed the control channel's session."""
        return self._server.resumed

    def files(self) -> dict[str, bytes]:
        """All files by their path within the root."""
        return {str(path.relative_to(self.root)): path.read_bytes() for path in self.root.rglob("*") if path.is_file()}

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(5)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._server.serve_forever(timeout=0.05, blocking=False, handle_exit=False)
        self._server.close_all()


def talking(*lines: bytes) -> int:
    """The port of a server that says lines, whatever it is told, and then nothing more."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve(connection: socket.socket) -> None:
        try:
            for line in lines:
                connection.sendall(line)
            while connection.recv(1000):
                pass
        except OSError:
            return

    def listen() -> None:
        while True:
            threading.Thread(target=serve, args=listener.accept()[:1], daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    return listener.getsockname()[1]

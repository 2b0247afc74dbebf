"""Is the address free to serve on? Granian would share a taken port with whoever has it, and half the requests would go there."""

import os
import socket
import sys


def main() -> int:
    host, port = os.environ["HOST"], int(os.environ["PORT"])
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as reason:
            sys.stderr.write(f"Cannot listen on {host}:{port} ({reason.strerror}). Choose another: make PORT=8001 …\n")
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

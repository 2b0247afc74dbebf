"""Which addresses a program may have people sent back to (decisions, section 4)."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from intellimeter.common.errors import DomainError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
MAX_LENGTH = 2000


def checked_redirect_uris(uris: Iterable[str]) -> list[str]:
    """The addresses as they are, once each; DomainError for one that is neither https nor http on loopback."""
    found = list(dict.fromkeys(uris))
    for uri in found:
        if not _is_allowed(uri):
            raise DomainError(
                f"{uri!a} cannot be redirected to; use an https address, or http on 127.0.0.1.",
                fields={"redirect_uris": [f"{uri!a} is neither https nor http on loopback."]},
            )
    return found


def _is_allowed(uri: str) -> bool:
    if len(uri) > MAX_LENGTH or not uri.isascii() or not uri.isprintable() or " " in uri or "#" in uri:
        return False
    try:
        parts = urlsplit(uri)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username is not None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)

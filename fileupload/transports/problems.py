"""Why an attempt failed, as a sentence that helps whoever runs the other side."""

import ssl
from collections.abc import Iterator

from fileupload.network.connecting import ForbiddenAddress, Unresolvable
from fileupload.network.deadline import Deadline

LONGEST = 500
SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (TimeoutError, "The server did not answer in time."),
    (ConnectionRefusedError, "The server refused the connection."),
    (ConnectionError, "The server broke the connection off."),
    (EOFError, "The server ended the connection."),
)


def sentence(error: BaseException, deadline: Deadline) -> str:
    """What happened; libraries wrap it, so its causes are looked at too."""
    if deadline.passed:
        return f"The server did not finish within {deadline.seconds:g} seconds."
    for cause in _chain(error):
        if said := _known(cause):
            return said
    return f"{type(error).__name__}: {error}"[:LONGEST]


def _known(error: BaseException) -> str | None:
    if isinstance(error, ForbiddenAddress | Unresolvable):
        return str(error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The server's certificate is not trusted: {error.verify_message}."
    if isinstance(error, ssl.SSLError):
        return f"The server does not speak TLS as it should: {error.reason or error}."[:LONGEST]
    return next((said for kind, said in SENTENCES if isinstance(error, kind)), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, BaseException) and one not in seen:
            seen.append(one)
            yield one
            waiting += [one.__cause__, one.__context__, *one.args, getattr(one, "reason", None)]

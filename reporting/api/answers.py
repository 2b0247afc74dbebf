"""A table as an answer: sent while it is written, as a file or as the answer itself."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse

from intellimeter.common.documents.table import Table
from reporting.exporters import Format, Wishes

PIECE = 64 * 1024


def streamed(table: Table, format: Format, wishes: Wishes, filename: str) -> StreamingHttpResponse:
    """What can fail must have been judged before: once the first byte is out, the status is 200."""
    response = StreamingHttpResponse(gathered(format.write(table, wishes)), content_type=format.content_type)
    if format.extension is not None:
        response["Content-Disposition"] = f'attachment; filename="{filename}.{format.extension}"'
    return response


def gathered(pieces: Iterator[str] | Iterator[bytes]) -> Iterator[bytes]:
    """The pieces as bytes: the first as soon as it is there, then many small ones as one."""
    held: list[bytes] = []
    size, wanted = 0, 1
    for piece in pieces:
        content = piece.encode() if isinstance(piece, str) else piece
        held.append(content)
        size += len(content)
        if size >= wanted:
            yield b"".join(held)
            held.clear()
            size, wanted = 0, PIECE
    if size:
        yield b"".join(held)

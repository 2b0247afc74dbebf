"""A file of reads as a seekable stream of plain bytes, whatever it came as."""

import gzip
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from intellimeter.common.errors import DomainError
from metering.ingest.parsers import Malformed

GZIP = b"\x1f\x8b"
IN_MEMORY = 16 * 1024 * 1024
BLOCK = 1 << 20


@contextmanager
def opened(stream: BinaryIO, max_bytes: int | None = None) -> Iterator[BinaryIO]:
    """The stream's bytes, unpacked where they are gzip; bounded where `max_bytes` is given. Big ones lie on disk meanwhile."""
    if stream.seekable() and stream.read(2) != GZIP:
        if max_bytes is not None and stream.seek(0, 2) > max_bytes:
            raise _too_large(max_bytes)
        stream.seek(0)
        yield stream
        return
    if stream.seekable():
        stream.seek(0)
    with (
        tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spooled,
        tempfile.SpooledTemporaryFile(IN_MEMORY) as plain,
    ):
        shutil.copyfileobj(stream, spooled)
        spooled.seek(0)
        packed = spooled.read(2) == GZIP
        spooled.seek(0)
        if packed:
            _unpack(cast("BinaryIO", spooled), cast("BinaryIO", plain), max_bytes)
        yield cast("BinaryIO", plain if packed else spooled)


def _unpack(packed: BinaryIO, plain: BinaryIO, max_bytes: int | None) -> None:
    try:
        with gzip.GzipFile(fileobj=packed, mode="rb") as source:
            while block := source.read(BLOCK):
                plain.write(block)
                if max_bytes is not None and plain.tell() > max_bytes:
                    raise _too_large(max_bytes)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Malformed("The gzip file is broken.") from error


def _too_large(max_bytes: int) -> DomainError:
    return DomainError(f"The file is larger than {max_bytes // BLOCK} MiB; send it in parts.", code=413)

"""CSV: a header row, then one row per meter and instant."""

import codecs
import csv
import io
from itertools import count, repeat
from typing import BinaryIO

from metering.ingest.parsers import PARSERS, Malformed, ParsedFile

BLOCK = 1 << 20


@PARSERS.register("csv")
def parse(stream: BinaryIO) -> ParsedFile:
    """The rows of a CSV file in UTF-8. Its header needs serial_number and time_stamping, and no name twice."""
    quoted = _check_text(stream)
    if quoted:
        _check_quoting(stream)
    reader = csv.reader(_text(stream), strict=True)
    names = tuple(name.strip() for name in next(reader, []))
    missing = [name for name in ("serial_number", "time_stamping") if name not in names]
    if missing:
        raise Malformed(f"The CSV header lacks {' and '.join(missing)}.")
    if len(set(names)) != len(names) or "" in names:
        raise Malformed("The CSV header has an empty name, or one name twice.")
    return ParsedFile(zip(count(1), repeat(names), filter(None, reader)))  # numbered without the empty lines


def _text(stream: BinaryIO) -> io.TextIOWrapper:
    """The file from its first character; a byte order mark is none (the codec that knows that is a slow one)."""
    stream.seek(0)
    if stream.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        stream.seek(0)
    return io.TextIOWrapper(stream, encoding="utf-8", newline="")


def _check_text(stream: BinaryIO) -> bool:
    """Whether the file quotes anything; raises where it is not text in UTF-8. Done first, so nothing is stored of such a file."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    quoted = False
    stream.seek(0)
    try:
        while block := stream.read(BLOCK):
            decoder.decode(block)
            if b"\0" in block:
                raise Malformed("The CSV file has NUL characters.")
            quoted = quoted or b'"' in block
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise Malformed("The CSV file is not in UTF-8.") from error
    return quoted


def _check_quoting(stream: BinaryIO) -> None:
    """Read through once where quotes may be open to the end: a broken one would swallow the rows behind it."""
    text = _text(stream)
    try:
        for _ in csv.reader(text, strict=True):
            pass
    except csv.Error as error:
        raise Malformed(f"The CSV file is broken: {error}.") from error
    finally:
        text.detach()

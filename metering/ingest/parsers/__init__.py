"""The formats that reads come in, one file each (reference, File Send; decisions, section 6).

A parser takes a seekable stream of bytes and answers its rows; a file that is malformed raises DomainError (400) before the
first row is handed out.
"""

from collections.abc import Callable
from typing import BinaryIO, NamedTuple

from intellimeter.common.errors import DomainError
from intellimeter.common.registry import Registry
from metering.ingest.rows import RawRows


class ParsedFile(NamedTuple):
    """A file's rows, and whether it asks that its values replace stored ones."""

    rows: RawRows
    replace: bool = False


Parser = Callable[[BinaryIO], ParsedFile]
PARSERS: Registry[Parser] = Registry("read format")


class Malformed(DomainError):
    """The file is broken; nothing of it is stored."""


from metering.ingest.parsers import csv_file, json_file, xml_file  # noqa: E402, F401 - each registers itself

"""The formats of the reference's File Send, one file each; our own ingest reads each back to the same reads.

A writer takes a cycle's rows, ordered by the meter's name, and answers the file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from intellimeter.common.registry import Registry

ABOUT = ("name", "serial_number", "utility", "panel", "suite", "floor", "time_stamping", "sent")
"""What every row begins with, in this order."""

Value = Decimal | int | str | bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """A meter at the cycle's instant: the values of `ABOUT`, null where there is none, and its points by name, sorted."""

    about: dict[str, str | None]
    points: dict[str, Value]


class Format(NamedTuple):
    """A writer, and what its files are called and declared as."""

    write: Callable[[Sequence[FileRow]], bytes]
    extension: str
    content_type: str


FORMATS: Registry[Format] = Registry("file format")


def plain(value: Value) -> str:
    """A value as the text that ingest takes for the same value: a number without an exponent, a truth value as in JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


from fileupload.formats import csv_file, json_file, xml_file  # noqa: E402, F401 - each registers itself

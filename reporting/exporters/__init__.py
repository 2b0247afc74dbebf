"""The formats that a report can be had in, one file each (reference, Reports, `type`). A format knows no report."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from intellimeter.common.documents.table import Table
from intellimeter.common.registry import Registry


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the report is called, and how the answer should look where the format has a choice."""

    name: str
    pretty: bool = False
    table_name: str | None = None


Write = Callable[[Table, Wishes], Iterator[str] | Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """`write` makes the text (UTF-8) or the bytes piece by piece; without an `extension` it is the answer itself, no file."""

    write: Write
    content_type: str
    extension: str | None


FORMATS: Registry[Format] = Registry("report format")


def writes(name: str, *, content_type: str, extension: str | None) -> Callable[[Write], Write]:
    """Register a function as the writer of a format."""

    def keep(write: Write) -> Write:
        FORMATS.register(name)(Format(write, content_type, extension))
        return write

    return keep


from reporting.exporters import json, mysql, separated, xlsx, xml, yaml  # noqa: E402, F401 - each registers itself

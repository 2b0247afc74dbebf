"""How files travel, one transport a file. Each makes one attempt, in bounded time, and says how it went; none raises for what
the other side does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from intellimeter.common.registry import Registry

TOTAL_SECONDS = 30.0
"""The longest that one attempt may take, and so hold a worker's slot."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file on its way: its name and content, and the id that stays the same on a repeat."""

    delivery_id: str
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the file was taken; the server's code and the beginning of its words; why not, in one sentence."""

    taken: bool
    code: int | None = None
    answer: str = ""
    problem: str = ""


Send = Callable[[Any, Parcel], Outcome]
TRANSPORTS: Registry[Send] = Registry("transport")

from fileupload.transports import ftps, http  # noqa: E402, F401 - each registers itself

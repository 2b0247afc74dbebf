"""How far a worker is with a file: told beside the database, where a transaction shows nothing before its end."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

PAUSE = 0.5  # seconds between two notes
OF_A_PROPERTY = ("suites", "meters", "tenants", "fees", "services")


class Progress:
    """Counts entries, and notes at most twice a second how many of them are done; gone with its `with` block."""

    def __init__(self, key: str, entries: int):
        self.path = _path(key)
        self.entries, self.done, self.noted = entries, 0, 0.0

    def __enter__(self) -> "Progress":
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_error: object) -> None:
        self.path.unlink(missing_ok=True)

    def add(self, count: int) -> None:
        self.done += count
        if time.monotonic() - self.noted >= PAUSE:
            self.noted = time.monotonic()
            fresh = self.path.with_suffix(".new")
            fresh.write_text(f"{self.done} {self.entries}")
            fresh.replace(self.path)


def told(key: str) -> tuple[int, int] | None:
    """Entries done, and entries in all; None where nobody is at it."""
    try:
        done, entries = _path(key).read_text().split()
    except (FileNotFoundError, ValueError):
        return None
    return int(done), int(entries)


def entries_in(document: Any) -> int:
    """How many things the document speaks of; it may still say anything at all."""
    properties = _listed(document, "properties")
    inside = sum(len(_listed(one, name)) for one in properties for name in OF_A_PROPERTY)
    return 1 + 2 * len(properties) + inside + len(_listed(document, "users")) + len(_listed(document, "applications"))


def _listed(value: Any, name: str) -> Sequence[Any]:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, list) else []


def _path(key: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "site-files" / f"{key}.progress"

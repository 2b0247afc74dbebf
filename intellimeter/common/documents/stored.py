"""Documents as files: each is there whole or not at all, whoever else writes it at the same moment."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def store_once(path: Path, content: bytes) -> None:
    """Put the file there whole, unless somebody else was first: then theirs stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".draft")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, 0o640)
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)

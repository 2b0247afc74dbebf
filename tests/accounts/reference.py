"""The API reference that lies beside the project where it is developed; tests that hold us to its letter read it."""

import os
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "spec" / "api-reference.md"


def reference_text() -> str:
    """The reference; without it the test is skipped, or fails where CI says that it must be there."""
    if REFERENCE.exists():
        return REFERENCE.read_text()
    if os.environ.get("CI") == "true":
        pytest.fail(f"{REFERENCE} is missing.")
    pytest.skip("The API reference is not beside the project.")

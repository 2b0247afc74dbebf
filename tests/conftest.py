"""What tests of every app share. What only one app's tests need stands in that app's folder."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def skip_unless_ci(reason: str) -> None:
    """Leave a test out for a stated reason; in CI, where nothing may be missing, fail instead."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs it: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the specification and the real meters' data that lies beside the project."""
    if not SHARED.is_dir():
        skip_unless_ci("There is no folder shared/ beside the project.")
    return SHARED

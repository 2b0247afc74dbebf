"""Installations for tests, ended with them whatever happens."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.frame.installation import Installation


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    """Makes an installation, with further variables of the environment."""
    made: list[Installation] = []

    def make(**environment: str) -> Installation:
        made.append(Installation(tmp_path, **environment))
        return made[-1]

    yield make
    for installation in made:
        installation.kill()

"""Installations for tests, ended with them whatever happens."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.frame.installation import Installation


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DATA_DIR with secrets, assets and an empty database, made once for all."""
    data_dir = tmp_path_factory.mktemp("prepared")
    Installation(data_dir).prepare()
    return data_dir


@pytest.fixture
def install(tmp_path: Path, prepared: Path) -> Iterator[Callable[..., Installation]]:
    """Makes an installation that could be started at once, with further variables of the environment."""
    made: list[Installation] = []

    def make(**environment: str) -> Installation:
        data_dir = shutil.copytree(prepared, tmp_path / f"data{len(made)}", ignore=shutil.ignore_patterns("static"))
        (data_dir / "static").symlink_to(prepared / "static")
        made.append(Installation(data_dir, **environment))
        return made[-1]

    yield make
    for installation in made:
        installation.kill()

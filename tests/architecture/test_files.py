"""Files stay small and say what they are for (style, points 13 and 15)."""

import ast
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

LONGEST_FILE = 500


def tracked_python_files() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listing.split() if (ROOT / name).exists()]


def written_by_us() -> list[Path]:
    return [path for path in tracked_python_files() if "migrations" not in path.parts]


def test_no_file_is_longer_than_a_reader_bears():
    lengths = {str(path.relative_to(ROOT)): path.read_text().count("\n") for path in written_by_us()}

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_every_module_of_the_product_says_what_it_is_for():
    silent = []
    for path in [path for path in written_by_us() if "tests" not in path.parts]:
        tree = ast.parse(path.read_text())
        if tree.body and not ast.get_docstring(tree) and path.name != "apps.py":
            silent.append(str(path.relative_to(ROOT)))

    assert silent == []


@pytest.mark.parametrize("word", ["utils", "helpers", "misc"])
def test_no_module_has_a_name_that_says_nothing(word):
    assert [path for path in written_by_us() if path.stem == word or word in path.parent.parts] == []

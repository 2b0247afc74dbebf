"""The README's walk from nothing to invoices, run as it is written."""

import json
import re

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.xdist_group("processes")


def walk() -> list[str]:
    """The commands of the section "A company of your own"."""
    section = (ROOT / "README.md").read_text().split("## A company of your own")[1]
    return re.search(r"```sh\n(.*?)```", section, re.DOTALL).group(1).splitlines()


def test_walk_from_a_file_to_invoices_to_the_cent(install):
    site = install()

    provisioned, ingested, issued = (json.loads(_last_line(site.run(_of_bin(command)))) for command in walk())

    assert list(provisioned["properties"]) == ["20-350-0001"]
    assert ingested == {"accepted": 9, "duplicates": 0, "conflicts": 0, "rejected": []}
    # 272.75 kWh: 35.46 + 6.26, 13 % tax 5.42; 246.75 kWh and 8.75 m3: 32.08 + 34.13 + 6.26, 13 % tax 9.42
    assert issued == {"properties": 1, "invoices": 2, "total": 129.03, "failed": []}


def _of_bin(command: str) -> str:
    return command.removeprefix(".venv/bin/")


def _last_line(printed: str) -> str:
    return printed if printed.startswith("{\n") else printed.strip().splitlines()[-1]

"""A million rows in any format: in constant memory, and the first byte at once. Each in a process of its own."""

import json
import subprocess
import sys

import pytest

from reporting.exporters import FORMATS
from tests.conftest import ROOT

MEGABYTE = 1024
TWINS = {"RAW", "TSV"}
"""Written by what writes JSON and CSV."""
SCRIPT = """
import json, resource, sys, time
from datetime import datetime, timedelta
from intellimeter.common.documents.table import Block, Column, Kind, Table
from reporting.api.answers import gathered
from reporting.exporters import FORMATS, Wishes

STEPS, METERS = 1_000, 1_000
BEGIN = datetime(2021, 3, 1)
COLUMNS = [Column("time_stamping"), *map(Column, ("meter", "name", "serial_number", "suite")),
           Column("time", Kind.TIME), Column("consumption", Kind.NUMBER)]
subjects = [(f"{n:08x}", f"Meter {n}", f"20-350-{n:05}", None) for n in range(METERS)]

def blocks():
    for step in range(STEPS):
        moment = BEGIN + timedelta(hours=step)
        figures = [(step * 7_919 + n * 104_729) % 1_000_003 * 1_000 for n in range(METERS)]
        yield Block((moment.isoformat()[:13],), subjects, ([moment] * METERS, figures))

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

idle, start, first, size = peak(), time.perf_counter(), None, 0
for piece in gathered(FORMATS[sys.argv[1]].write(Table(COLUMNS, blocks), Wishes("interval"))):
    first = first or time.perf_counter() - start
    size += len(piece)
print(json.dumps({"kilobytes": peak() - idle, "first": first, "size": size}))
"""


@pytest.mark.parametrize("format", sorted(set(FORMATS) - TWINS))
def test_a_million_rows_are_held_by_nobody(format):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, format], cwd=ROOT, check=True, capture_output=True, text=True, timeout=120
    )
    found = json.loads(done.stdout)
    assert found["size"] > 20_000 * MEGABYTE / 2
    assert found["kilobytes"] < 200 * MEGABYTE
    assert found["first"] < 1

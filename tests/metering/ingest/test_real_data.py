"""The real meters of ../shared/data, by command: whole, shuffled, doubled and cut into pieces; and how long it takes."""

import csv
import gzip
import io
import json
import random
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from metering.models import Read
from tests.factories.metering import MeterFactory, PropertyFactory
from tests.metering.ingest.conftest import state

METERS = [("Suite 1", "E", "01"), ("Suite 2", "E", "02"), ("Suite 1", "G", "01"), ("Suite 2", "G", "02")]


@pytest.fixture(scope="module")
def data(shared: Path) -> Path:
    return shared / "data" / "real-house-meters.csv.gz"


@pytest.fixture(scope="module")
def lines(data: Path) -> list[str]:
    return gzip.decompress(data.read_bytes()).decode().splitlines(keepends=True)


@pytest.fixture
def houses(db):
    def make(job_number: str):
        property = PropertyFactory(job_number=job_number, timezone="America/Winnipeg")
        return [
            MeterFactory(
                property=property,
                name=f"{suite} {utility}",
                utility=utility,
                serial_number=f"20-350-REAL-{utility}-{n}",
            )
            for suite, utility, n in METERS
        ]

    return make


def ingest(job_number: str, *files: Path) -> dict:
    out = io.StringIO()
    call_command("ingest", *map(str, files), property=job_number, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue().splitlines()[-1])


def test_the_file_goes_in_under_ten_seconds_and_again(data, lines, houses):
    meters = houses("REAL")
    started = time.perf_counter()
    assert ingest("REAL", data) == {"accepted": 38116, "duplicates": 0, "conflicts": 0, "rejected": []}
    first = time.perf_counter() - started
    assert ingest("REAL", data) == {"accepted": 0, "duplicates": 38116, "conflicts": 0, "rejected": []}
    assert first < 10
    assert time.perf_counter() - started - first < 10
    for meter in meters:
        column = "kwh" if meter.utility == "E" else "m3"
        sent = [row for row in csv.DictReader(lines) if row["serial_number"] == meter.serial_number]
        stored = Read.objects.filter(meter=meter).order_by("time")
        assert [f"{register:.3f}" for register in stored.values_list("register", flat=True)] == [
            r[column] for r in sent
        ]
        consumption = sum(stored.values_list("interval", flat=True))
        assert f"{consumption:.3f}" == f"{float(sent[-1][column]) - float(sent[0][column]):.3f}"


def test_shuffled_doubled_and_in_pieces_it_ends_in_the_same_state(lines, houses, tmp_path):
    header, rows = lines[0], lines[1:]
    in_order, in_pieces = houses("ORDER"), houses("PIECES")
    random.Random(20).shuffle(twice := rows[:12000] * 2)
    pieces = []
    for number in range(7):
        piece = tmp_path / f"piece-{number}.csv.gz"
        piece.write_bytes(gzip.compress((header + "".join(twice[number::7])).encode()))
        pieces.append(piece)
    whole = tmp_path / "whole.csv"
    whole.write_text(header + "".join(rows[:12000]))
    assert ingest("ORDER", whole)["accepted"] == 12000
    summary = ingest("PIECES", *pieces)
    assert (summary["accepted"], summary["duplicates"], summary["conflicts"]) == (12000, 12000, 0)
    assert [state(meter) for meter in in_pieces] == [state(meter) for meter in in_order]


def test_the_command_names_what_is_wrong(data, houses, tmp_path):
    houses("REAL")
    with pytest.raises(CommandError, match=r"No property has the job number NOWHERE\."):
        ingest("NOWHERE", data)
    with pytest.raises(CommandError, match=r"missing\.csv: No such file or directory\."):
        ingest("REAL", tmp_path / "missing.csv")
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    with pytest.raises(CommandError, match=r"broken\.json: The JSON is broken at line 1"):
        ingest("REAL", broken)

"""What is stored already is told from what is new, whichever way it is looked up."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metering.ingest import IngestResult
from metering.models import Read
from tests.factories.metering import MeterFactory
from tests.metering.ingest.conftest import chain, read, send, state

HOURS = [read(f"2026-03-01T{hour:02}:00", hour * 10, voltage_a="120.50") for hour in range(1, 21)]
REPEATED = {"accepted": 0, "duplicates": 20, "conflicts": 0, "rejected": []}


def looked_up(property, *reads: dict[str, Any]) -> tuple[IngestResult, bool]:
    """What became of a batch, and whether its reads had to be looked up one by one."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        result = send(property, *reads)
    return result, any("FROM sent_read" in query["sql"] for query in queries)


def test_a_file_again_is_told_by_the_stretch_it_covers(property, meter):
    MeterFactory(property=property, serial_number="E-2")
    others = [read("2026-02-01T00:00", 5, serial="E-2"), read("2026-02-02T00:00", serial="E-2", voltage_a="119")]
    send(property, *HOURS, *others)
    before = state(meter)
    result, one_by_one = looked_up(property, *HOURS, *others)
    assert (result.as_dict(), one_by_one) == ({**REPEATED, "duplicates": 22}, False)
    assert state(meter) == before


@pytest.mark.parametrize(
    "points",
    [
        {"voltage_a": "0121.90", "b": "1e2", "voltage_abc": "-0.0"},
        {"text": 'Ünder \\ "quotes"\t|\n', "on": True, "off": "true"},
        {"large": "123456789012345678.00000000000001", "small": "0.00000000000000000001"},
    ],
)
def test_points_again_are_the_same_text(property, meter, points):
    send(property, read("2026-03-01T01:00", **points))
    result, one_by_one = looked_up(property, read("2026-03-01T01:00", **points))
    assert (result.duplicates, result.accepted, one_by_one) == (1, 0, False)


def test_the_ends_of_a_long_stretch_are_duplicates(property, meter):
    send(property, *HOURS)
    result, _ = looked_up(property, HOURS[-1], HOURS[0])
    assert result.as_dict() == {**REPEATED, "duplicates": 2}


def test_part_of_what_is_stored_is_looked_up(property, meter):
    send(property, *HOURS)
    result, one_by_one = looked_up(property, read("2026-03-01T01:00", 10), *HOURS[1:])
    assert (result.as_dict(), one_by_one) == (REPEATED, True)


def test_news_among_repeats_are_stored(property, meter):
    send(property, *HOURS[:5], *HOURS[6:])
    result = send(property, *HOURS)
    assert result.as_dict() == {**REPEATED, "accepted": 1, "duplicates": 19}
    assert [row[1:3] for row in chain(meter)][4:7] == [(Decimal(n), Decimal(10)) for n in (50, 60, 70)]


def test_a_contradiction_beside_its_repeat_is_told_once(property, meter):
    send(property, *HOURS)
    result = send(property, read("2026-03-01T01:00", 11), HOURS[0])
    assert (result.duplicates, result.conflicts) == (1, 1)
    assert [note.message for note in result.conflicting] == ["kwh is 11 where 10 is stored; what is stored stays."]


def test_a_repeat_undoes_the_replacement_before_it(property, meter):
    send(property, *HOURS)
    before = state(meter)
    send(property, read("2026-03-01T02:00", 25), HOURS[1], replace=True)
    assert state(meter) == before
    send(property, HOURS[1], read("2026-03-01T02:00", 25), replace=True)
    assert Read.objects.get(meter=meter, time="2026-03-01T07:00Z").register == 25

"""Whatever reads hold, the file of each format reads back to the same: laws, with hypothesis."""

import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fileupload.contents import rows_of
from fileupload.formats import ABOUT, FORMATS, FileRow
from metering.ingest import ingest_file
from metering.ingest.parsers import PARSERS
from metering.models import Read
from tests.factories.metering import MeterFactory, PropertyFactory

AT = datetime(2021, 1, 20, 20, 20, tzinfo=UTC)
KINDS = ("CSV", "JSON", "XML")

TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        st.sampled_from(" \t\n\r,;\"'<&\\\x01\x1f\x7f\x85\u2028\ufeff\ufffe\uffff"),
    ),
    min_size=1,
    max_size=40,
)
NAME = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,12}", fullmatch=True)
NUMBER = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=6).map(float)
POINTS = st.dictionaries(
    NAME.filter(lambda name: name not in (*ABOUT, "kwh", "kwh_interval")), NUMBER | st.booleans() | TEXT
)


@pytest.mark.parametrize("kind", KINDS)
@given(texts=st.lists(TEXT, min_size=4, max_size=4, unique=True))
@example(texts=[" a", "5,", "a\x01\\", "\r\n"])
def test_every_cell_is_read_back_as_it_was_written(kind, texts):
    """Also the serial number, by which the meter is found."""
    about = dict.fromkeys(ABOUT) | {"name": texts[0], "serial_number": texts[1], "suite": texts[2]}

    file = FORMATS[kind].write([FileRow(about, {"note": texts[3]})])

    [(_, names, cells)] = PARSERS[kind.lower()](io.BytesIO(file)).rows
    read = dict(zip(names, cells, strict=True))
    assert {name: read[name] for name in ("serial_number", "suite", "note")} == {
        "serial_number": texts[1],
        "suite": texts[2],
        "note": texts[3],
    }


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(registers=st.lists(st.decimals(0, 10**9, places=6), min_size=2, max_size=2), points=POINTS)
@example(registers=[5, 6], points={"note": " 5,", "on": True, "c": "\x01", "b": "true "})
def test_file_reads_back_to_the_same_reads(kind, registers, points):
    houses = [PropertyFactory(timezone="America/Toronto") for _ in range(2)]
    for house in houses:
        for serial in ("A", "B"):
            MeterFactory(property=house, serial_number=serial, name=f"Meter {serial}")
    sent = [
        {"serial_number": "A", "time_stamping": AT.isoformat(), "kwh": str(registers[0]), **points},
        {"serial_number": "B", "time_stamping": AT.isoformat(), "kwh": str(registers[1])},
    ]
    take(houses[0], json.dumps({"reads": sent}).encode(), "json")

    take(houses[1], FORMATS[kind].write(rows_of(houses[0], AT, None)), kind.lower())

    assert stored(houses[1]) == stored(houses[0])


def take(property, file: bytes, kind: str) -> None:
    result = ingest_file(property=property, stream=io.BytesIO(file), format=kind, now=AT)
    assert (result.accepted, result.rejected) == (2, [])


def stored(property) -> list[tuple]:
    rows = Read.objects.filter(meter__property=property).order_by("meter__name")
    return list(rows.values_list("meter__name", "time", "register", "interval", "flag", "points"))

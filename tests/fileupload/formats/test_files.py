"""The three formats: as the reference has them, and read back by our own ingest to the same reads."""

import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from fileupload.contents import rows_of, stamp
from fileupload.formats import FORMATS, FileRow
from metering.ingest import ingest_file
from metering.models import MeterSuite, Read
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory

TORONTO = ZoneInfo("America/Toronto")
AT = datetime(2021, 1, 20, 20, 20, tzinfo=UTC)
NOW = datetime(2021, 11, 8, tzinfo=UTC)


def row(name: str, **points) -> FileRow:
    about = {
        "name": name,
        "serial_number": f"20-350-Testing-MFX-{name[-1]}-Meter-01",
        "utility": "E",
        "panel": None,
        "suite": None,
        "floor": None,
        "time_stamping": "2021-01-20 15:20:00",
        "sent": None,
    }
    return FileRow(about, points)


REFERENCE = [
    row("Meter1", voltage_a=Decimal("122.3"), voltage_b=Decimal("122.4"), voltage_c=Decimal("122.0")),
    row("Meter2", voltage_a=Decimal("122.3"), voltage_b=Decimal("122.4"), voltage_c=Decimal("122.1")),
]


def test_csv_is_the_references():
    assert FORMATS["CSV"].write(REFERENCE).decode().splitlines() == [
        "name,serial_number,utility,panel,suite,floor,time_stamping,sent,voltage_a,voltage_b,voltage_c",
        "Meter1,20-350-Testing-MFX-1-Meter-01,E,,,,2021-01-20 15:20:00,,122.3,122.4,122.0",
        "Meter2,20-350-Testing-MFX-2-Meter-01,E,,,,2021-01-20 15:20:00,,122.3,122.4,122.1",
    ]


def test_csv_has_the_union_of_points_sorted():
    file = FORMATS["CSV"].write([row("Meter1", kwh=Decimal(5), va=1), row("Meter2", pf=True, kva="a,b")]).decode()

    assert file.splitlines()[0].split(",")[8:] == ["kva", "kwh", "pf", "va"]
    assert [line.partition("15:20:00,,")[2] for line in file.splitlines()[1:]] == [",5,,1", '"a,b",,true,']


def test_json_is_the_references():
    assert json.loads(FORMATS["JSON"].write(REFERENCE)) == {
        name: {
            "serial_number": f"20-350-Testing-MFX-{name[-1]}-Meter-01",
            "utility": "E",
            "panel": None,
            "suite": None,
            "floor": None,
            "time_stamping": "2021-01-20 15:20:00",
            "sent": None,
            "voltage_a": 122.3,
            "voltage_b": 122.4,
            "voltage_c": last,
        }
        for name, last in (("Meter1", 122.0), ("Meter2", 122.1))
    }


def test_xml_is_the_references():
    assert FORMATS["XML"].write(REFERENCE[:1]).decode().splitlines() == [
        "<?xml version='1.0' encoding='UTF-8'?>",
        "<reads>",
        "  <item>",
        "    <name>Meter1</name>",
        "    <serial_number>20-350-Testing-MFX-1-Meter-01</serial_number>",
        "    <utility>E</utility>",
        "    <panel></panel>",
        "    <suite></suite>",
        "    <floor></floor>",
        "    <time_stamping>2021-01-20 15:20:00</time_stamping>",
        "    <sent></sent>",
        "    <voltage_a>122.3</voltage_a>",
        "    <voltage_b>122.4</voltage_b>",
        "    <voltage_c>122.0</voltage_c>",
        "  </item>",
        "</reads>",
    ]


def test_xml_carries_what_xml_can():
    points = {"a": "x<b>", "b": " x", "c": "x,", "d": "x\r", "e": 'a\x01"<b>\uffff'}

    lines = FORMATS["XML"].write([row('M<&>"1', **points)]).decode().split("\n")

    assert lines[3] == '    <name>M&lt;&amp;&gt;"1</name>'
    assert lines[11:16] == [
        "    <a>x&lt;b&gt;</a>",
        '    <b xml:space="preserve"> x</b>',
        '    <c xml:space="preserve">x,</c>',
        '    <d xml:space="preserve">x&#13;</d>',
        r'    <e escape="json">a\u0001\"&lt;b&gt;\uffff</e>',
    ]


def test_second_pass_of_a_repeated_hour_has_its_offset():
    stamps = [stamp(datetime(2021, 11, 7, hour, 30, tzinfo=UTC), TORONTO) for hour in (4, 5, 6, 7)]

    assert stamps == [
        "2021-11-07 00:30:00",
        "2021-11-07 01:30:00",
        "2021-11-07 01:30:00-05:00",
        "2021-11-07 02:30:00",
    ]


@pytest.fixture
def house(db):
    return PropertyFactory(timezone="America/Toronto")


def take(property, *reads: dict) -> None:
    """Reads of serial numbers at instants, by our own ingest."""
    body = json.dumps({"reads": list(reads)}).encode()
    result = ingest_file(property=property, stream=io.BytesIO(body), format="json", now=NOW)
    assert result.rejected == []


def stored(property) -> list[tuple]:
    rows = Read.objects.filter(meter__property=property).order_by("time", "meter__name")
    return list(rows.values_list("meter__name", "time", "register", "interval", "flag", "points"))


def test_row_tells_the_meter_its_suite_then_and_all_points(house):
    suite, later = SuiteFactory(property=house, name="Suite 101"), SuiteFactory(property=house, name="Suite 102")
    meter = MeterFactory(suite=suite, name="Main", serial_number="A", floor="1", panel="B")
    MeterSuite.objects.filter(meter=meter).update(end=AT)
    MeterSuite.objects.create(meter=meter, suite=later, start=AT)
    take(
        house,
        {"serial_number": "A", "time_stamping": "2021-01-20T15:05:00", "kwh": 10},
        {"serial_number": "A", "time_stamping": "2021-01-20T15:20:00", "kwh": 12.50, "pf": 0.98, "on": True},
    )

    assert rows_of(house, AT, datetime(2021, 1, 20, 20, 22, 7, 999, tzinfo=UTC)) == [
        FileRow(
            {
                "name": "Main",
                "serial_number": "A",
                "utility": "E",
                "panel": "B",
                "suite": "Suite 101",
                "floor": "1",
                "time_stamping": "2021-01-20 15:20:00",
                "sent": "2021-01-20 15:22:07",
            },
            {"kwh": Decimal("12.5"), "kwh_interval": Decimal("2.5"), "on": True, "pf": Decimal("0.98")},
        )
    ]


@pytest.mark.parametrize("kind", ["CSV", "JSON", "XML"])
def test_file_reads_back_to_the_same_reads(house, kind, django_assert_num_queries):
    """Every digit, truth value, odd name and odd text; also in the hour that comes twice."""
    twin = PropertyFactory(timezone=house.timezone)
    for owner in (house, twin):
        MeterFactory(property=owner, serial_number="A", name='Meter "one", <first>')
        MeterFactory(property=owner, serial_number="B", name="Élan\n2", utility="W", register_max=Decimal(100000))
        MeterFactory(property=owner, serial_number="C", name="reads", utility="G")
    instants = [datetime(2021, 11, 7, hour, 30, tzinfo=UTC) for hour in (4, 5, 6, 7)]
    for number, instant in enumerate(instants):
        take(
            house,
            {
                "serial_number": "A",
                "time_stamping": instant.isoformat(),
                "kwh": 123456789.123456 + number,
                "voltage_a": 122.35,
                "big": 123456789012345678,
                "small": 0.000000000012345,
                "on": number % 2 == 0,
                "note": 'He said "=1,5"; ok & <done>',
            },
            {"serial_number": "B", "time_stamping": instant.isoformat(), "m3": 99999.5 if number == 0 else number},
            {"serial_number": "C", "time_stamping": instant.isoformat(), "pressure": -1.5e-3},
        )
    with django_assert_num_queries(len(instants)):
        files = [FORMATS[kind].write(rows_of(house, instant, None)) for instant in instants]

    for file in files:
        result = ingest_file(property=twin, stream=io.BytesIO(file), format=kind.lower(), now=NOW)
        assert (result.accepted, result.rejected) == (3, [])

    assert stored(twin) == stored(house)
    assert len(stored(house)) == 12

"""The formats of the reference's File Send section, our batch, gzip, and files that are broken."""

import gzip
import io
import json

import pytest

from intellimeter.common.errors import DomainError
from metering.ingest import ingest_file
from metering.models import Read
from tests.factories.metering import MeterFactory
from tests.metering.ingest.conftest import NOW, state

CSV = b"""name,serial_number,utility,panel,suite,floor,time_stamping,sent,kwh,voltage_a,voltage_b
Meter1,A,E,,,,2021-01-20 15:20:00,,10.5,122.3,122.40
"Meter, 2",B,E,,,,2021-01-20 15:20:00,,7,122.3,
"""
JSON = b"""{
  "Meter1": {"serial_number": "A", "utility": "E", "panel": null, "suite": null, "floor": null,
             "time_stamping": "2021-01-20 15:20:00", "sent": null, "kwh": 10.50, "voltage_a": 122.3, "voltage_b": 122.4},
  "Meter, 2": {"serial_number": "B", "utility": "E", "panel": null, "suite": null, "floor": null,
             "time_stamping": "2021-01-20 15:20:00", "sent": null, "kwh": 7, "voltage_a": 122.3}
}"""
XML = b"""<?xml version="1.0" encoding="UTF-8" ?>
<reads>
  <item><name>Meter1</name><serial_number>A</serial_number><utility>E</utility><panel></panel><suite></suite><floor></floor>
    <time_stamping>2021-01-20 15:20:00</time_stamping><sent></sent>
    <kwh>10.5,</kwh><voltage_a>122.3,</voltage_a><voltage_b>122.4</voltage_b></item>
  <!-- a remark -->
  <item><name>Meter, 2</name><serial_number>B</serial_number><time_stamping>2021-01-20 15:20:00</time_stamping>
    <kwh>7</kwh><voltage_a>122.3</voltage_a></item>
</reads>"""
BATCH = json.dumps(
    {
        "reads": [
            {
                "serial_number": "A",
                "time_stamping": "2021-01-20T20:20:00Z",
                "kwh": 10.5,
                "voltage_a": 122.3,
                "voltage_b": 122.4,
            },
            {"serial_number": "B", "time_stamping": "2021-01-20T15:20:00-05:00", "kwh": 7, "voltage_a": 122.3},
        ]
    }
).encode()
FORMATS = [("csv", CSV), ("json", JSON), ("xml", XML), ("json", BATCH)]


@pytest.fixture
def meters(property):
    return [MeterFactory(property=property, serial_number=serial) for serial in "AB"]


def take(property, format: str, content: bytes, **options):
    return ingest_file(property=property, stream=io.BytesIO(content), format=format, now=NOW, **options)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("format", "content"), FORMATS)
def test_every_format_gives_the_same_reads(property, meters, format, content, packed):
    result = take(property, format, gzip.compress(content) if packed else content)
    assert result.as_dict() == {"accepted": 2, "duplicates": 0, "conflicts": 0, "rejected": []}
    for other, same in FORMATS:
        assert take(property, other, same).duplicates == 2
    assert [(row[1], row[4]) for row in state(meters[0])["reads"]] == [(10.5, {"voltage_a": 122.3, "voltage_b": 122.4})]
    assert [(row[1], row[4]) for row in state(meters[1])["reads"]] == [(7, {"voltage_a": 122.3})]


def test_a_batch_may_replace(property, meters):
    take(property, "json", BATCH)
    changed = json.dumps({"replace": True, "reads": [json.loads(BATCH)["reads"][1] | {"kwh": 8}]}).encode()
    assert take(property, "json", changed).accepted == 1
    assert Read.objects.get(meter=meters[1]).register == 8


@pytest.mark.parametrize(
    ("format", "content", "message"),
    [
        ("csv", b"", "The CSV header lacks serial_number and time_stamping."),
        ("csv", CSV.replace(b"serial_number", b"serial"), "The CSV header lacks serial_number."),
        ("csv", CSV.replace(b"voltage_b", b"voltage_a"), "The CSV header has an empty name, or one name twice."),
        ("csv", CSV + b'Meter1,"A,E', "The CSV file is broken: unexpected end of data."),
        ("csv", CSV + b"\xff", "The CSV file is not in UTF-8."),
        ("csv", CSV + b"\0", "The CSV file has NUL characters."),
        ("json", b"[]", 'The JSON must be an object: meters by name, or {"reads": [\u2026]}.'),
        ("json", JSON[:-1], "The JSON is broken at line 6: Expecting ',' delimiter."),
        ("json", b'{"M": {"kwh": NaN}}', "The JSON has NaN, which is no number."),
        ("json", b'{"M": {}, "M": {}}', "The JSON has one name twice in the same object; one of the values would be lost."),
        ("json", b'{"a":' * 100_000, "The JSON is nested too deeply."),
        ("json", b'{"reads": [], "x": 1}', "Unknown field 'x': a batch has reads and replace."),
        ("json", b'{"reads": [], "replace": 1}', "replace must be true or false."),
        ("json", b"\xff", "The JSON is not in UTF-8."),
        ("xml", XML[:-3], None),
        ("xml", XML.replace(b"<reads>", b'<!DOCTYPE reads [<!ENTITY a "b">]><reads>'), "The XML has a DTD, which is not taken."),
        ("xml", b"<items></items>", "The XML's root is <items>; it must be <reads>."),
        ("xml", XML.replace(b"item>", b"row>"), "<reads> holds <item>s, not <row>."),
    ],
)  # fmt: skip
def test_a_malformed_file_stores_nothing(property, meters, format, content, message):
    with pytest.raises(DomainError) as caught:
        take(property, format, content)
    assert caught.value.code == 400
    assert caught.value.message == message or (message is None and "does not parse" in caught.value.message)
    assert Read.objects.count() == 0


def test_xml_cells_say_by_attributes_what_blanks_and_escapes_mean(property, meters):
    cells = (
        b'<kwh>7</kwh><a> x, </a><b xml:space="preserve"> x, </b><c escape="json">a\\u0001\\"</c><d lang="en"> y </d>'
    )

    assert take(property, "xml", XML.replace(b"<kwh>7</kwh>", cells)).accepted == 2

    assert state(meters[1])["reads"][0][4] == {"a": "x", "b": " x, ", "c": 'a\x01"', "d": "y", "voltage_a": 122.3}


def test_xml_row_with_a_broken_escape_is_refused(property, meters):
    result = take(property, "xml", XML.replace(b"<voltage_b>", b'<note escape="json">\\x</note><voltage_b>'))

    assert (result.accepted, [note.message for note in result.rejected]) == (
        1,
        ["note is neither a number nor a short text."],
    )


def test_a_row_with_the_wrong_number_of_cells_is_refused(property, meters):
    result = take(property, "csv", CSV + b"Meter1,A,E\n")
    assert (result.accepted, result.rejected[0].row) == (2, 3)
    assert result.rejected[0].message == "The row has 3 cells where the header has 11."


def test_an_item_that_is_no_object_is_refused(property, meters):
    result = take(property, "json", b'{"reads": [1, "x", null]}')
    assert [note.message for note in result.rejected] == ["A read needs serial_number and time_stamping."] * 3


def test_a_file_that_unpacks_to_more_than_allowed_is_refused(property, meters):
    with pytest.raises(DomainError) as caught:
        take(property, "csv", gzip.compress(CSV + b"\n" * (2 << 20)), max_bytes=1 << 20)
    assert (caught.value.code, caught.value.message) == (413, "The file is larger than 1 MiB; send it in parts.")


def test_broken_gzip_is_malformed(property, meters):
    with pytest.raises(DomainError, match="The gzip file is broken"):
        take(property, "csv", gzip.compress(CSV)[:-9])

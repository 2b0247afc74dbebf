"""Every format is read back to what was written, by the readers that people have for it."""

import pytest

from intellimeter.common.documents.table import Table
from reporting.exporters import FORMATS
from tests.reporting.exporters import readers
from tests.reporting.exporters.tables import COLUMNS, CONTROLS, FORMULAS, NAMES, table_of

EXACT = {
    "RAW": readers.from_json,
    "JSON": readers.from_json,
    "YAML 1.1": readers.from_yaml_1_1,
    "YAML 1.2": readers.from_yaml_1_2,
}
WITHOUT_EMPTY = {
    "CSV": readers.from_csv,
    "TSV": readers.from_tsv,
    "XML": readers.from_xml,
    "XLSX": readers.from_xlsx,
}
"""Formats that cannot tell an empty text from none."""
SMALL = (12_500_000, 0, 1, 999_999_999_999_999, 100_000_000)
"""Numbers within the 15 figures that a double holds; readers of YAML and XLSX have no others."""


@pytest.mark.parametrize("pretty", [False, True])
@pytest.mark.parametrize("format", EXACT)
def test_texts_come_back_as_they_are(format, pretty):
    table = table_of(NAMES + FORMULAS + CONTROLS, numbers=SMALL)
    content = readers.written(table, format.split()[0], pretty=pretty)
    assert EXACT[format](content) == readers.plainly(table)


@pytest.mark.parametrize("pretty", [False, True])
@pytest.mark.parametrize("format", WITHOUT_EMPTY)
def test_texts_come_back_but_for_empty_ones(format, pretty):
    names = [name for name in NAMES if name and not (format in {"CSV", "TSV"} and name[0] in "=+-@\t\r")]
    table = table_of(names, numbers=SMALL)
    assert WITHOUT_EMPTY[format](readers.written(table, format, pretty=pretty)) == readers.plainly(table)


@pytest.mark.parametrize("format", ["JSON", "CSV", "TSV", "XML"])
def test_numbers_are_exact_where_the_reader_can_be(format):
    table = table_of(["x", "xy", "xyz", "wxyz"])
    reader = {**EXACT, **WITHOUT_EMPTY}[format]
    assert reader(readers.written(table, format)) == readers.plainly(table)


@pytest.mark.parametrize("format", ["XML", "XLSX"])
def test_what_xml_cannot_hold_is_replaced(format):
    table = table_of(CONTROLS)
    names = [row["name"] for row in WITHOUT_EMPTY[format](readers.written(table, format)) if row["name"]]
    assert names == ["\ufffdnull", "\ufffdbell", "\ufffdend", "\ufffdescape", "\x7fdelete", "\ufffd"]


@pytest.mark.parametrize("format", ["CSV", "TSV"])
def test_no_cell_starts_a_formula(format):
    table = table_of(FORMULAS)
    names = [row["name"] for row in WITHOUT_EMPTY[format](readers.written(table, format)) if row["name"]]
    assert names == [f"'{formula}" for formula in FORMULAS]


@pytest.mark.parametrize("format", [*EXACT, *WITHOUT_EMPTY])
def test_a_table_without_rows_is_well_formed(format):
    content = readers.written(Table(COLUMNS, lambda: iter(())), format.split()[0])
    assert {**EXACT, **WITHOUT_EMPTY}[format](content) == []


def test_every_format_is_tested():
    assert {name.split()[0] for name in (*EXACT, *WITHOUT_EMPTY, "MYSQL")} == set(FORMATS)


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        (
            "CSV",
            "date,meter,name,time_stamping,grand_total\r\n2021-03-09,0a1b2c3d,A,2021-03-09T12:05:59,0\r\n"
            "2021-03-09,0a1b2c3d,,,\r\n",
        ),
        (
            "TSV",
            "date\tmeter\tname\ttime_stamping\tgrand_total\r\n2021-03-09\t0a1b2c3d\tA\t2021-03-09T12:05:59\t0\r\n"
            "2021-03-09\t0a1b2c3d\t\t\t\r\n",
        ),
        (
            "JSON",
            '[{"date":"2021-03-09","meter":"0a1b2c3d","name":"A","time_stamping":"2021-03-09T12:05:59","grand_total":0},'
            '{"date":"2021-03-09","meter":"0a1b2c3d","name":null,"time_stamping":null,"grand_total":null}]',
        ),
        (
            "XML",
            '<?xml version="1.0" encoding="UTF-8"?>\n<report><row><date>2021-03-09</date><meter>0a1b2c3d</meter>'
            "<name>A</name><time_stamping>2021-03-09T12:05:59</time_stamping><grand_total>0</grand_total></row>"
            "<row><date>2021-03-09</date><meter>0a1b2c3d</meter><name></name><time_stamping></time_stamping>"
            "<grand_total></grand_total></row></report>\n",
        ),
        (
            "YAML",
            '- date: "2021-03-09"\n  meter: "0a1b2c3d"\n  name: "A"\n  time_stamping: "2021-03-09T12:05:59"\n'
            '  grand_total: 0\n- date: "2021-03-09"\n  meter: "0a1b2c3d"\n  name: null\n  time_stamping: null\n'
            "  grand_total: null\n",
        ),
    ],
)
def test_format_to_the_letter(format, expected):
    assert readers.written(table_of("A"), format).decode() == expected


def test_pretty_xml_has_a_line_for_each_cell():
    lines = readers.written(table_of("A"), "XML", pretty=True).decode().splitlines()
    assert lines[1:5] == ["<report>", "  <row>", "    <date>2021-03-09</date>", "    <meter>0a1b2c3d</meter>"]
    assert lines[-2:] == ["  </row>", "</report>"]

"""XLSX as spreadsheets open it."""

import csv
import io
import shutil
import subprocess
import zipfile
from datetime import datetime

import openpyxl

from reporting.exporters import xlsx
from tests.conftest import skip_unless_ci
from tests.reporting.exporters.readers import written
from tests.reporting.exporters.tables import FORMULAS, NOON, table_of


def opened(table):
    return openpyxl.load_workbook(io.BytesIO(written(table, "XLSX")))


def test_cells_have_types_and_formats():
    sheet = opened(table_of(["Suite 101"])).active
    assert [(cell.value, cell.data_type, cell.number_format) for cell in sheet[2]] == [
        (datetime(2021, 3, 9), "d", "yyyy-mm-dd"),  # noqa: DTZ001 - as openpyxl reads days
        ("0a1b2c3d", "s", "General"),
        ("Suite 101", "s", "General"),
        (NOON, "d", "yyyy-mm-dd hh:mm:ss"),
        (100, "n", "General"),
    ]
    assert [cell.value for cell in sheet[3]][2:] == [None, None, None]


def test_header_has_style_stays_in_view_and_columns_are_wide_enough():
    sheet = opened(table_of(["Suite 101"])).active
    assert [cell.value for cell in sheet[1]] == ["date", "meter", "name", "time_stamping", "grand_total"]
    assert all(cell.font.bold and cell.fill.fill_type == "solid" for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.title == "daily-grand-total"
    assert {letter: sheet.column_dimensions[letter].width for letter in "ABCDE"} == {
        "A": 12, "B": 24, "C": 24, "D": 20, "E": 16,
    }  # fmt: skip


def test_no_text_is_a_formula():
    sheet = opened(table_of(FORMULAS)).active
    cells = [sheet.cell(row, 3) for row in range(2, sheet.max_row, 2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(formula, "s") for formula in FORMULAS]


def test_rows_go_on_to_another_sheet_where_one_is_full(monkeypatch):
    monkeypatch.setattr(xlsx, "ROWS_A_SHEET", 3)
    book = opened(table_of(["A", "B"]))
    assert [(sheet.title, [row[2] for row in sheet.iter_rows(values_only=True)]) for sheet in book] == [
        ("daily-grand-total", ["name", "A", None, "B"]),
        ("daily-grand-total 2", ["name", None]),
    ]


def test_archive_is_whole():
    with zipfile.ZipFile(io.BytesIO(written(table_of(["A"]), "XLSX"))) as archive:
        assert archive.testzip() is None
        assert "[Content_Types].xml" in archive.namelist()


def test_libreoffice_opens_it(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        skip_unless_ci("LibreOffice is not installed; nothing of the product needs it.")
    names = ["Suite 101", "=1+1", "Zoë 👩‍👩‍👧", 'comma, "quote"']
    source, profile = tmp_path / "report.xlsx", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    source.write_bytes(written(table_of(names), "XLSX"))

    subprocess.run(
        [office, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir",
         str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )  # fmt: skip

    with (tmp_path / "report.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["date", "meter", "name", "time_stamping", "grand_total"]
    assert rows[::2] == [
        ["2021-03-09", "0a1b2c3d", "Suite 101", "2021-03-09 12:05:59", "100"],
        ["2021-03-09", "0a1b2c3d", "=1+1", "2021-03-09 12:05:59", "100"],
        ["2021-03-09", "0a1b2c3d", "Zoë 👩‍👩‍👧", "2021-03-09 12:05:59", "100"],
        ["2021-03-09", "0a1b2c3d", 'comma, "quote"', "2021-03-09 12:05:59", "100"],
    ]
    assert rows[1] == ["2021-03-09", "0a1b2c3d", "", "", ""]

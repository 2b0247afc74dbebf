"""Every report in every format: the same rows, as a file of the right name (reference, Reports, `type`)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from reporting.exporters import FORMATS
from tests.factories.accounts import api_client
from tests.factories.metering import MeterFactory, SuiteFactory
from tests.metering.feeding import feed
from tests.reporting.exporters import readers

pytestmark = pytest.mark.django_db

REPORTS = ["period-consumption", "single-grand-total", "daily-grand-total", "interval"]
MIDNIGHT = datetime(2021, 3, 9, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
READERS = {
    "CSV": readers.from_csv,
    "TSV": readers.from_tsv,
    "JSON": readers.from_json,
    "XML": readers.from_xml,
    "YAML": readers.from_yaml_1_1,
    "XLSX": readers.from_xlsx,
}


@pytest.fixture
def client():
    return api_client("report:reading:*")


@pytest.fixture
def property(client):
    """With a meter of much that can be in a cell, and one without reads."""
    suite = SuiteFactory(property__company=client.user.company, name="no")
    meter = MeterFactory(suite=suite, name='Zoë, <1> "&" 👩‍👩‍👧', utility="W", serial_number="1e3")
    MeterFactory(property=suite.property, name="A silent one", serial_number="0x1f")
    feed({meter: [(MIDNIGHT + HOUR * step, Decimal(step * step) / 8) for step in range(30)]})
    return suite.property


def ask(client, property, report, **query):
    query = {"start": "2021-03-09", "end": "2021-03-09", "interval": "hour", "ids": "all", **query}
    return client.get(f"/api/v1/reports/{report}", {"property": property.public_id, **query})


@pytest.mark.parametrize("format", READERS)
@pytest.mark.parametrize("report", REPORTS)
def test_a_file_has_the_rows_of_the_answer(client, property, report, format):
    rows = readers.from_json(ask(client, property, report).getvalue())
    assert len(rows) > 1 or report == "daily-grand-total"

    response = ask(client, property, report, type=format.lower())

    found = READERS[format](response.getvalue())
    if format == "XLSX":  # which tells midnight of a day from the day by the format of the cell alone
        rows = [{name: day_of(cell) for name, cell in row.items()} for row in rows]
    assert found == rows
    assert [list(row) for row in found] == [list(row) for row in rows]


def day_of(cell):
    return cell.removesuffix("T00:00:00") if isinstance(cell, str) else cell


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("format", list(FORMATS))
def test_files_are_named_by_report_and_range(client, property, report, format):
    response = ask(client, property, report, type=format, start="2021-03-08", end="2021-03-10")

    extensions = {
        "CSV": "csv", "TSV": "tsv", "JSON": "json", "XML": "xml", "YAML": "yaml", "XLSX": "xlsx", "MYSQL": "sql",
    }  # fmt: skip
    last = "2021-03-08" if report == "single-grand-total" else "2021-03-10"
    assert response.status_code == 200
    assert response.streaming
    assert response.get("Content-Disposition") == (
        f'attachment; filename="{report}_2021-03-08_{last}.{extensions[format]}"' if format in extensions else None
    )


def test_times_of_day_are_in_the_name_without_colons(client, property):
    response = ask(
        client, property, "interval", type="csv", start="2021-03-09T13:00:00Z", end="2021-03-09T18:30:00-05:00"
    )
    assert response["Content-Disposition"] == (
        'attachment; filename="interval_2021-03-09T08-00-00_2021-03-09T18-30-00.csv"'
    )


@pytest.mark.parametrize(
    ("format", "content_type"),
    [
        ("RAW", "application/json"),
        ("JSON", "application/json"),
        ("CSV", "text/csv; charset=utf-8"),
        ("TSV", "text/tab-separated-values; charset=utf-8"),
        ("XML", "application/xml"),
        ("YAML", "application/yaml"),
        ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("MYSQL", "application/sql; charset=utf-8"),
    ],
)
def test_formats_say_what_they_are(client, property, format, content_type):
    assert ask(client, property, "interval", type=format)["Content-Type"] == content_type


@pytest.mark.parametrize(
    ("query", "table"),
    [({}, "`single_grand_total`"), ({"table_name": "select"}, "`select`"), ({"table_name": "_t9"}, "`_t9`")],
)
def test_a_mysql_table_is_named_as_wished_or_as_the_report(client, property, query, table):
    content = ask(client, property, "single-grand-total", type="mysql", **query).getvalue().decode()
    assert f"CREATE TABLE IF NOT EXISTS {table} (" in content
    assert f"INSERT INTO {table} (`meter`, `name`, `serial_number`, `suite`, `suite_name`, " in content


def test_files_come_whole_whatever_limit_says(client, property):
    whole = ask(client, property, "interval", type="csv").getvalue()
    assert ask(client, property, "interval", type="csv", limit=1).getvalue() == whole

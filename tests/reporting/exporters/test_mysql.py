"""MYSQL, loaded into a real server."""

import os
import subprocess
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pymysql
import pytest
from pymysql.constants import CLIENT

from intellimeter.common.documents.table import Block, Table
from tests.conftest import skip_unless_ci
from tests.reporting.exporters.readers import plainly, written
from tests.reporting.exporters.tables import COLUMNS, CONTROLS, DAY, FORMULAS, NAMES, NOON, table_of

URL = urlsplit(os.environ.get("TEST_MYSQL_URL", "mysql://root@127.0.0.1:3306"))
SERVER = {"host": URL.hostname, "port": URL.port or 3306, "user": URL.username, "password": URL.password or ""}
MODES = ["DEFAULT", "'NO_BACKSLASH_ESCAPES'", "'ANSI_QUOTES,STRICT_ALL_TABLES'"]


@pytest.fixture
def server():
    """A connection whose database is gone afterwards."""
    try:
        connection = pymysql.connect(**SERVER, client_flag=CLIENT.MULTI_STATEMENTS, charset="latin1")
    except pymysql.err.OperationalError as error:
        skip_unless_ci(f"No MySQL or MariaDB answers at {SERVER['host']}:{SERVER['port']}: {error}")
    database = f"intellimeter_test_{os.getpid()}"
    with connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {database} DEFAULT CHARACTER SET latin1")
        connection.select_db(database)
        try:
            yield cursor
        finally:
            cursor.execute(f"DROP DATABASE {database}")


def load(cursor, table, **wishes):
    """Run the file's statements, sent as the bytes they are."""
    cursor.execute(written(table, "MYSQL", **wishes))
    while cursor.nextset():
        pass


def stored(cursor, name="daily_grand_total"):
    cursor.execute(f"SELECT * FROM `{name}`")
    return list(cursor.fetchall())


@pytest.mark.parametrize("mode", MODES)
def test_rows_come_back_as_they_are(server, mode):
    table = table_of(NAMES + FORMULAS + CONTROLS)
    server.execute(f"SET SESSION sql_mode = {mode}")
    load(server, table)
    server.execute("SET NAMES utf8mb4")
    server.connection.encoding = "utf8"
    names = [column.name for column in table.columns]
    found = [dict(zip(names, map(plain, row), strict=True)) for row in stored(server)]
    assert found == plainly(table)


def plain(cell):
    return cell.isoformat() if hasattr(cell, "isoformat") else cell


def test_columns_have_types(server):
    load(server, table_of(["A"]))
    server.execute("DESCRIBE daily_grand_total")
    assert {name: kind for name, kind, *_ in server.fetchall()} == {
        "date": "date",
        "meter": "varchar(255)",
        "name": "varchar(255)",
        "time_stamping": "datetime",
        "grand_total": "decimal(20,6)",
    }
    server.execute(
        "SELECT grand_total, time_stamping - INTERVAL 1 DAY FROM daily_grand_total WHERE date = '2021-03-09'"
    )
    assert server.fetchall()[0] == (Decimal(0), NOON - timedelta(days=1))


def test_loading_twice_into_one_table_adds_rows(server):
    load(server, table_of(["A"]), table_name="readings")
    load(server, table_of(["B"]), table_name="readings")
    assert len(stored(server, "readings")) == 4


def test_no_rows_make_an_empty_table(server):
    load(server, Table(COLUMNS, lambda: iter(())))
    assert stored(server) == []


def test_many_rows_go_in_batches(server):
    rows = 2_500
    table = Table(
        COLUMNS, lambda: iter([Block((DAY,), [("0a1b2c3d", "Meter")] * rows, ([NOON] * rows, list(range(rows))))])
    )
    assert written(table, "MYSQL").count(b"INSERT INTO") == 3
    load(server, table)
    assert sorted(row[4] for row in stored(server)) == [Decimal(number).scaleb(-6) for number in range(rows)]


def test_the_command_line_client_loads_it_too(server):
    load_it = ["mariadb", f"--host={SERVER['host']}", f"--port={SERVER['port']}", f"--user={SERVER['user']}"]
    server.execute("SELECT DATABASE()")
    (database,) = server.fetchone()
    content = written(table_of(["a;b", "it's", "Zoë \U0001f4a7", "x\\"]), "MYSQL")
    subprocess.run([*load_it, database], input=content, check=True, capture_output=True, timeout=60)
    server.connection.encoding = "utf8"
    server.execute("SET NAMES utf8mb4")
    assert [row[2] for row in stored(server)][::2] == ["a;b", "it's", "Zoë \U0001f4a7", "x\\"]

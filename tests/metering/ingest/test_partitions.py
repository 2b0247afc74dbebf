"""Months of reads lie in tables of their own on PostgreSQL."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from metering import partitions
from tests.metering.ingest.conftest import chain, read, send

only_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite keeps reads in one table")


def rows_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@only_postgresql
def test_ingest_makes_the_months_it_needs(property, meter):
    partitions._known.clear()
    send(property, read("2019-12-31T23:59:59Z", 1), read("2020-01-01T00:00:00Z", 2))
    assert (rows_of("metering_read_2019_12"), rows_of("metering_read_2020_01")) == (1, 1)
    assert rows_of("metering_read_default") == 0


@only_postgresql
def test_a_month_that_the_default_partition_holds_stays_there(property, meter):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO metering_read (meter_id, time, register, flag) VALUES (%s, '2018-05-05 00:00+00', 5, 0)",
            [meter.pk],
        )
    partitions._known.clear()
    send(property, read("2018-05-06T00:00:00Z", 1))
    assert rows_of("metering_read_default") == 2
    assert len(chain(meter)) == 2


@only_postgresql
@pytest.mark.django_db
def test_beat_makes_the_coming_months_once():
    partitions._known.clear()
    for _ in range(2):
        partitions.ensure_coming_months(datetime(2031, 11, 5, tzinfo=UTC))
        partitions._known.clear()
    assert [rows_of(f"metering_read_{month}") for month in ("2031_11", "2031_12", "2032_01", "2032_02")] == [0] * 4

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from intellimeter.common.portal import figures

GAP = "\N{NO-BREAK SPACE}"
NOW = datetime(2021, 3, 14, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "–"),
        (Decimal(0), "$0.00"),
        (Decimal("1234.5"), "$1,234.50"),
        (Decimal("0.005"), "$0.01"),
        (Decimal("-12.3"), "−$12.30"),
        (Decimal("12345678901.23"), "$12,345,678,901.23"),
    ],
)
def test_money(value, written):
    assert figures.money(value) == written


@pytest.mark.parametrize(
    ("value", "utility", "written"),
    [
        (None, "E", "–"),
        (Decimal("24263"), "E", f"24,263.000{GAP}kWh"),
        (Decimal("0.000500"), "W", f"0.001{GAP}m³"),
        (Decimal("1.0005"), "G", f"1.001{GAP}m³"),
    ],
)
def test_quantity(value, utility, written):
    assert figures.quantity(value, utility) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "–"),
        (Decimal("0.04"), f"0{GAP}kWh"),
        (Decimal("1.25"), f"1.3{GAP}kWh"),
        (Decimal("99.94"), f"99.9{GAP}kWh"),
        (Decimal("1041.5"), f"1,042{GAP}kWh"),
    ],
)
def test_quantity_about(value, written):
    assert figures.quantity_about(value, "E") == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "–"),
        ("", "–"),
        ("60.000000", f"60{GAP}kWh"),
        (Decimal("0.000001"), f"0.000001{GAP}kWh"),
        (Decimal("1000000"), f"1,000,000{GAP}kWh"),
    ],
)
def test_exact(value, written):
    assert figures.exact(value, "E") == written


def test_rate():
    assert figures.rate(Decimal("13.500000"), "W") == f"13.5{GAP}¢/m³"


def test_instant_is_on_the_wall_clock_of_the_zone_across_a_clock_change():
    before = figures.instant(datetime(2021, 3, 14, 6, 59, tzinfo=UTC), "America/Toronto")
    after = figures.instant(datetime(2021, 3, 14, 7, 0, tzinfo=UTC), "America/Toronto")

    assert before == '<time datetime="2021-03-14T01:59:00-05:00" title="America/Toronto">14 Mar 2021, 01:59</time>'
    assert after == '<time datetime="2021-03-14T03:00:00-04:00" title="America/Toronto">14 Mar 2021, 03:00</time>'


def test_times_and_numbers_follow_the_reader_s_language():
    with translation.override("fr"):
        assert figures.day(date(2021, 2, 1)) == '<time datetime="2021-02-01">1 Fév 2021</time>'
        assert figures.number(Decimal("1234.5")) == f"1{GAP}234,5"


@pytest.mark.parametrize(
    ("ago", "written"),
    [
        (timedelta(seconds=-30), "just now"),
        (timedelta(seconds=119), "just now"),
        (timedelta(minutes=2), "2 min ago"),
        (timedelta(minutes=119), "119 min ago"),
        (timedelta(hours=2), "2 h ago"),
        (timedelta(hours=47, minutes=59), "47 h ago"),
        (timedelta(days=2), "2 days ago"),
        (None, "never"),
    ],
)
def test_age(ago, written):
    assert figures.age(None if ago is None else NOW - ago, NOW) == written


def test_stamp_of_an_invoice():
    assert [figures.stamp("2021-03-01T00:00:00"), figures.stamp(None)] == ["1 Mar 2021, 00:00", "–"]


def test_last_day_of_a_period():
    assert figures.day_before(date(2021, 3, 1)) == date(2021, 2, 28)

from datetime import date, datetime
from decimal import Decimal

import pytest

from intellimeter.common.documents import figures


@pytest.mark.parametrize(
    ("dollars", "text"),
    [("0", "$0.00"), ("1234.5", "$1,234.50"), ("-1234567.89", "-$1,234,567.89"), ("0.05", "$0.05")],
)
def test_money_has_cents_and_thousands(dollars, text):
    assert figures.money(Decimal(dollars)) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("309.345000", 0, "309.345"),
        ("24000", 0, "24,000"),
        ("2E+3", 0, "2,000"),
        ("24000", 3, "24,000.000"),
        ("0.000001", 0, "0.000001"),
        ("-5.50", 0, "-5.5"),
        ("999999999999.999999", 0, "999,999,999,999.999999"),
    ],
)
def test_quantity_is_exact_without_idle_zeros(value, places, text):
    assert figures.quantity(Decimal(value), places) == text


def test_alike_is_the_places_of_the_finest_figure():
    assert figures.alike([Decimal("1.50"), Decimal("2.125000"), Decimal(3)]) == 3
    assert figures.alike([]) == 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("0.42", "0.42"),
        ("1.005", "1.01"),
        ("41.25", "41.3"),
        ("411.6", "412"),
        ("1234", "1,234"),
        ("9999.9", "10,000"),
        ("12345", "12.3k"),
        ("123456", "123k"),
        ("4560000", "4.56M"),
    ],
)
def test_rounded_keeps_about_three_figures(value, text):
    assert figures.rounded(Decimal(value)) == text


def test_rate_is_cents_per_unit():
    assert figures.rate(Decimal("13.500000"), "kWh") == "13.5 ¢/kWh"


def test_percent_is_exact():
    assert figures.percent(Decimal("13.0000")) == "13%"
    assert figures.percent(Decimal("9.9750")) == "9.975%"


@pytest.mark.parametrize(
    ("of_dollars", "text"),
    [("12.46", "41.95%"), ("12460", "41.94524%"), ("99999999.99", "41.9452412%")],
)
def test_share_has_the_places_that_its_product_needs(of_dollars, text):
    part = Decimal("0.419452411995")

    shown = figures.share(part, Decimal(of_dollars))

    assert shown == text
    assert abs(Decimal(shown[:-1]) / 100 - part) * Decimal(of_dollars) < Decimal("0.005")


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2021, 3, 1), date(2021, 3, 31), "March 1 to 31, 2021"),
        (date(2021, 3, 5), date(2021, 4, 4), "March 5 to April 4, 2021"),
        (date(2020, 12, 15), date(2021, 1, 14), "December 15, 2020 to January 14, 2021"),
        (date(2021, 3, 1), date(2021, 3, 1), "March 1, 2021"),
    ],
)
def test_days_say_month_and_year_once(first, last, text):
    assert figures.days(first, last) == text


def test_stamp_has_seconds_where_there_are_any():
    assert figures.stamp(datetime(2021, 3, 1, 0, 5)) == "2021-03-01 00:05"  # noqa: DTZ001 - a local time
    assert figures.stamp(datetime(2021, 3, 1, 0, 5, 7)) == "2021-03-01 00:05:07"  # noqa: DTZ001 - a local time


def test_month_is_short():
    assert figures.month(date(2021, 9, 1)) == "Sep 2021"

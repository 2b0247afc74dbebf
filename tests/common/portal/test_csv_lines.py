from datetime import date
from decimal import Decimal

import pytest

from intellimeter.common.portal.csv_lines import csv_lines


def test_lines_are_quoted_where_they_must_be():
    rows = [("Suite, 1", 'said "hi"', None), ("two\nlines", Decimal("-1.50"), date(2021, 3, 1))]

    assert list(csv_lines(("a", "b", "c"), rows)) == [
        "a,b,c\r\n",
        '"Suite, 1","said ""hi""",\r\n',
        '"two\nlines",-1.50,2021-03-01\r\n',
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_cannot_start_a_formula(start):
    (_, line) = csv_lines(("a", "b"), [(f"{start}1+1", "x")])

    assert line.strip('"').startswith(f"'{start}1+1")


def test_rows_are_taken_one_by_one():
    taken = []
    lines = csv_lines(("n",), (taken.append(number) or (number,) for number in range(3)))

    assert (next(lines), next(lines), taken) == ("n\r\n", "0\r\n", [0])

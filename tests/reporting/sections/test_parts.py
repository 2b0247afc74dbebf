"""How the cells of tables are written."""

from decimal import Decimal

import pytest

from reporting.sections.parts import Column, Grid, Kind, Row


@pytest.mark.parametrize(
    ("amounts", "whole", "printed"),
    [
        (["4503.4", "7902.2", "4036.4"], "16442", ["4,503", "7,902", "4,036", "16,442"]),
        (["9.75", "12.25", "7"], "29", ["9.8", "12.3", "7.0", "29.0"]),
        (["0.125", "0.25", "3"], "3.375", ["0.13", "0.25", "3.00", "3.38"]),
        (["999999", "2"], "1000001", ["999,999", "2", "1.00M"]),
    ],
)
def test_amounts_in_narrow_columns_are_alike_and_add_up_to_their_total(amounts, whole, printed):
    rows = [Row(("a", Decimal(one))) for one in amounts]
    grid = Grid(
        "x", (Column("Property", Kind.TEXT), Column("Mar 21", Kind.SHORT)), rows, [Row(("All", Decimal(whole)))]
    )

    assert [row[1].text for row in [*grid.body(), *grid.foot()]] == printed

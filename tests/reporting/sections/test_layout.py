"""How tables fall on pages: never a line or two of one alone, and its total never away from the rows before it."""

import io
import re
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from intellimeter.common.documents.pdf import pdf_of
from reporting.sections.parts import Column, Grid, Kind, Row

COLUMNS = (Column("Property", Kind.TEXT), Column("This period"))
TOO_LONG_FOR_A_PAGE = 36


def texts(body):
    """Those of the pages, as the report's stylesheet lays them out."""
    pdf = pdf_of(f"<html><body>{body}</body></html>", stylesheet=render_to_string("reporting/report.css"))
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def rows_on_pages(count, *, down=0):
    """Of each page that has some of a table which begins so many millimetres down the first: its rows, the total too."""
    rows = [Row((f"row {number}.", Decimal(number))) for number in range(count)]
    grid = Grid("Electricity (kWh)", COLUMNS, rows, [Row(("row of all.", Decimal(1)))])
    body = render_to_string("reporting/_grid.html", {"grid": grid})
    found = [re.findall(r"row (\d+|of all)\.", text) for text in texts(f'<div style="height: {down}mm"></div>{body}')]
    assert [name for names in found for name in names] == [*map(str, range(count)), "of all"]
    return [names for names in found if names]


@pytest.mark.parametrize("count", range(TOO_LONG_FOR_A_PAGE, TOO_LONG_FOR_A_PAGE + 5))
def test_a_long_table_ends_with_three_rows_and_its_total(count):
    *_, last = rows_on_pages(count)

    assert len(last) >= 4
    assert last[-1] == "of all"


@pytest.mark.parametrize("down", [210, 215, 220, 225])
def test_a_long_table_begins_with_three_rows(down):
    first, *_ = rows_on_pages(20, down=down)

    assert len(first) >= 3


def test_a_short_table_is_not_cut():
    assert len(rows_on_pages(14, down=150)) == 1


@pytest.mark.parametrize("totals", [[], [Row(("All", Decimal(3)))]])
def test_a_table_stays_on_its_page_where_what_follows_has_no_room_there(totals):
    grid = Grid("Electricity (kWh)", COLUMNS, [Row(("Oak", Decimal(1))), Row(("Elm", Decimal(2)))], totals)
    body = render_to_string("reporting/_grid.html", {"grid": grid})
    chart = '<div style="height: 100mm; break-inside: avoid">chart</div>'

    first, second = texts(f'<div style="height: 150mm"></div>{body}{chart}')

    assert "Elm" in first
    assert "chart" in second

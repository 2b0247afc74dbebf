"""The first rows of a report as people read them: figures with their units, times written out."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from intellimeter.common.documents.table import Cell, Column, Kind, Table
from intellimeter.common.portal.figures import DAY, INSTANT, NOTHING, quantity

ROWS_SHOWN = 200
HEADINGS = {
    "date": _("Day"),
    "name": _("Meter"),
    "serial_number": _("Serial number"),
    "suite_name": _("Suite"),
    "time_stamping": _("Time"),
    "start": _("From"),
    "end": _("Until"),
    "start_read": _("Register at start"),
    "end_read": _("Register at end"),
    "grand_total": _("Register"),
    "consumption": _("Consumption"),
}
"""The columns on screen; ids and codes are for files."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: the heading of its column, its text, and whether it is a figure."""

    label: Any
    text: str
    figure: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows; `more` says that files have others."""

    headings: list[Shown]
    rows: list[list[Shown]]
    more: bool


def preview_of(table: Table) -> Preview:
    """Reads no more blocks than the rows on screen need."""
    columns = [(at, column) for at, column in enumerate(table.columns) if column.name in HEADINGS]
    utility = [column.name for column in table.columns].index("utility")
    found = list(islice(table, ROWS_SHOWN + 1))
    rows = [
        [_shown(column, _text(column, row[at], str(row[utility]))) for at, column in columns]
        for row in found[:ROWS_SHOWN]
    ]
    return Preview([_shown(column, "") for _at, column in columns], rows, len(found) > ROWS_SHOWN)


def _shown(column: Column, text: str) -> Shown:
    return Shown(HEADINGS[column.name], text, column.kind is Kind.NUMBER)


def _text(column: Column, cell: Cell, utility: str) -> str:
    if cell is None or cell == "":
        return NOTHING
    if isinstance(cell, datetime):
        return _day_in_one_line(date_format(cell, INSTANT))
    if isinstance(cell, date):
        return _day_in_one_line(date_format(cell, DAY))
    if isinstance(cell, str):
        return cell.replace("T", ", ") + (":00" if "T" in cell else "") if column.name == "time_stamping" else cell
    return quantity(cell, utility)


def _day_in_one_line(text: str) -> str:
    """In a narrow column the time goes below the day, and neither is parted."""
    return text.replace(" ", "\N{NO-BREAK SPACE}").replace(",\N{NO-BREAK SPACE}", ", ")

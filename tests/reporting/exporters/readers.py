"""Reads a report back, with the readers that people use: the rows as dictionaries of plain values."""

import csv
import io
import json
from datetime import datetime
from decimal import Decimal

import openpyxl
import yaml
from lxml import etree
from ruamel.yaml import YAML

from reporting.exporters import FORMATS, Wishes


def written(table, name, **wishes):
    """The whole file."""
    pieces = FORMATS[name].write(table, Wishes("daily-grand-total", **wishes))
    return b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)


def plainly(table):
    """What each reader should come to: numbers as Decimal, times and days as ISO 8601."""
    names = [column.name for column in table.columns]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in table]


def from_csv(content, delimiter=","):
    rows = csv.DictReader(io.StringIO(content.decode(), newline=""), delimiter=delimiter, strict=True)
    return [{name: _number(name, cell or None) for name, cell in row.items()} for row in rows]


def from_tsv(content):
    return from_csv(content, delimiter="\t")


def from_json(content):
    return json.loads(content, parse_float=Decimal, parse_int=Decimal)


def from_xml(content):
    report = etree.fromstring(content)
    assert report.tag == "report"
    assert {row.tag for row in report} <= {"row"}
    return [{cell.tag: _number(cell.tag, cell.text) for cell in row} for row in report]


def from_yaml_1_1(content):
    return _exact(yaml.safe_load(content))


def from_yaml_1_2(content):
    return _exact(YAML(typ="safe", pure=True).load(content))


def from_xlsx(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = []
    for sheet in book:
        header, *rows = sheet.iter_rows(values_only=True)
        found += [dict(zip(header, map(_typed, row), strict=True)) for row in rows]
    return found


def _plain(cell):
    return cell.isoformat() if hasattr(cell, "isoformat") else cell


def _number(name, cell):
    return (
        Decimal(cell) if cell is not None and name in {"grand_total", "consumption", "start_read", "end_read"} else cell
    )


def _exact(rows):
    assert all(type(cell) in {str, int, float, type(None)} for row in rows for cell in row.values())
    return [
        {name: Decimal(str(cell)) if isinstance(cell, int | float) else cell for name, cell in row.items()}
        for row in rows
    ]


def _typed(cell):
    """openpyxl reads days as times at midnight."""
    if isinstance(cell, datetime):
        return (cell.date() if cell == datetime.combine(cell, datetime.min.time()) else cell).isoformat()
    return Decimal(str(cell)) if isinstance(cell, int | float) else cell

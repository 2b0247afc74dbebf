"""Tables for the tests of formats."""

from datetime import date, datetime

from intellimeter.common.documents.table import Block, Column, Kind, Table

COLUMNS = (
    Column("date", Kind.DATE),
    Column("meter"),
    Column("name"),
    Column("time_stamping", Kind.TIME),
    Column("grand_total", Kind.NUMBER),
)
DAY, NOON = date(2021, 3, 9), datetime(2021, 3, 9, 12, 5, 59)  # noqa: DTZ001 - cells are local times without a zone
NAMES = [
    "Suite 101",
    "no", "yes", "null", "~", "true", "NaN", ".inf", "1e3", "1_000", "12:30", "0x1f", "0o17", "017", "2021-03-09",
    "2021-03-09T12:05:59", "=", "<<", "!tag", "&anchor", "*alias", "- item", "key: value", "# comment", "{a: 1}", "[]",
    "", " ", " padded ", "comma, quote \" and 'apostrophe'", "semi;colon", "back\\slash", "\\'; DROP TABLE t; --", "50%",
    "<tag>&amp;]]>", "_x0041_",
    "Zoë", "电表", "עברית", "\u200fright to left", "👩‍👩‍👧 family", "\U0001f4a7",
    "line\nbreak", "carriage\rreturn", "both\r\n", "tab\tin", "next\x85line", "\u2028separator", "\ufeffmark",
]  # fmt: skip
"""What readers of one format or another would mistake for something else."""
FORMULAS = ["=1+1", '=HYPERLINK("http://evil/","x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]
CONTROLS = ["\x00null", "\x07bell", "\x1aend", "\x1bescape", "\x7fdelete", "\ufffe"]


def table_of(names, columns=COLUMNS, numbers=(12_500_000, 0, 1, 9_200_000_000_000_000_000, 100_000_000)):
    """Two rows a name: one with everything, one with as little as there may be."""

    def blocks():
        for name in names:
            subjects = [("0a1b2c3d", name), ("0a1b2c3d", None)]
            yield Block((DAY,), subjects, ([NOON, None], [numbers[len(name) % len(numbers)], None]))

    return Table(columns, blocks)

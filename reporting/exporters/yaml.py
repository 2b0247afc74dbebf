"""YAML: a list of mappings that readers of YAML 1.1 and 1.2 understand alike.

Texts and times are in double quotes, so that no reader takes one for a truth, a number or a date; numbers have no exponent.
An emitter's own guesses would differ from one version of YAML to the other, and cost far more.
"""

from collections.abc import Iterator

from intellimeter.common.documents.table import Table
from reporting.exporters import Wishes, writes
from reporting.exporters.rows import cell_writer, rows_of


@writes("YAML", content_type="application/yaml", extension="yaml")
def write_yaml(table: Table, wishes: Wishes) -> Iterator[str]:
    cells = [
        cell_writer(column, text=_quoted, empty="null", before=f"{'  ' if place else '- '}{column.name}: ", after="\n")
        for place, column in enumerate(table.columns)
    ]
    empty = True
    for rows in rows_of(table, cells):
        yield "".join(rows)
        empty = False
    if empty:
        yield "[]\n"


def _quoted(text: str) -> str:
    """What does not print is escaped: control characters, and the breaks that readers would fold into blanks."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

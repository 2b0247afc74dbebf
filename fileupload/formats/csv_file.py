"""CSV: a record per meter, a column per point that any of them has."""

import csv
import io
from collections.abc import Sequence

from fileupload.formats import ABOUT, FORMATS, FileRow, Format, plain


def write(rows: Sequence[FileRow]) -> bytes:
    """The first eight columns, then the union of the points, sorted; in UTF-8, quoted as RFC 4180 has it."""
    names = sorted({name for row in rows for name in row.points})
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow([*ABOUT, *names])
    for row in rows:
        about = [row.about[name] for name in ABOUT]
        lines.writerow([*about, *(plain(row.points[name]) if name in row.points else None for name in names)])
    return text.getvalue().encode()


FORMATS.register("CSV")(Format(write, "csv", "text/csv"))

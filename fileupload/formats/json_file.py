"""JSON: an object per meter, keyed by the meter's name."""

import json
from collections.abc import Sequence

from fileupload.formats import FORMATS, FileRow, Format, Value, plain


def write(rows: Sequence[FileRow]) -> bytes:
    """One object; each number with all its digits, which json.dumps knows no way to write."""
    members = (f"{_text(str(row.about['name']))}: {_meter(row)}" for row in rows)
    return ("{" + ",\n".join(members) + "}").encode()


def _meter(row: FileRow) -> str:
    about = {name: value for name, value in row.about.items() if name != "name"}
    members = [f"{_text(name)}: {_text(value)}" for name, value in about.items()]
    members += [f"{_text(name)}: {_value(value)}" for name, value in row.points.items()]
    return "{" + ", ".join(members) + "}"


def _value(value: Value) -> str:
    return _text(value) if isinstance(value, str) else plain(value)


def _text(value: str | None) -> str:
    return json.dumps(value, ensure_ascii=False)


FORMATS.register("JSON")(Format(write, "json", "application/json"))

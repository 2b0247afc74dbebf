"""Logs as lines, `time level logger message key=value …`: one line an event, for grep and for a log shipper alike."""

import json
import logging
from datetime import UTC, datetime

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class LineFormatter(logging.Formatter):
    """What `extra` adds to a record becomes `key=value`; a traceback becomes `traceback="…"` with its line breaks escaped."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        facts = {key: value for key, value in vars(record).items() if key not in _OWN and _is_plain(value)}
        if record.exc_info:
            facts["traceback"] = self.formatException(record.exc_info)
        message = record.getMessage().replace("\n", "\\n").replace("\r", "\\r")
        return " ".join(
            [at, record.levelname, record.name, message, *(f"{key}={_quoted(value)}" for key, value in facts.items())]
        )


def _is_plain(value: object) -> bool:
    """Django and Celery attach whole requests and task dictionaries, which are no facts for a line."""
    return value is None or isinstance(value, str | int | float)


def _quoted(value: object) -> str:
    text = str(value)
    return text if text.isprintable() and text and not set(text) & set(' "=') else json.dumps(text, ensure_ascii=False)

"""The parameters of reports, checked (reference, Reports; decisions, section 8)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rest_framework.exceptions import ValidationError

from intellimeter.common.local_time import SkippedLocalTime, day_start, parse_instant
from metering.consumption import Step
from reporting.exporters import COMING, EXPORTERS

DAY = timedelta(days=1)
YEARS = range(1970, 2200)
LOST_PLUS = re.compile(r"(T[\d:.,]+) (\d\d:?\d\d)$")
"""A blank before an offset: what an unescaped + turns into in a query."""
TRUTHS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Parameters:
    """A range (start, end] in UTC, the step of the interval report, and the format."""

    start: datetime
    end: datetime
    step: Step | None
    format: str
    pretty: bool


class _Problems(dict[str, list[str]]):
    def add(self, name: str, sentence: str) -> None:
        self.setdefault(name, []).append(sentence)


def parameters(query: Mapping[str, str], zone: ZoneInfo, *, with_step: bool) -> Parameters:
    """The query's parameters; ValidationError names every one at fault. Bare dates are whole days of the zone."""
    problems = _Problems()
    start = _bound(query, "start", zone, problems)
    end = _bound(query, "end", zone, problems)
    if start and end and (start > end or (start == end and _bare_date(query["end"]))):
        problems.add("start", "Must not be after end.")
    step = _step(query, problems) if with_step else None
    format = _format(query, problems)
    pretty = TRUTHS.get(query.get("pretty", "false").lower())
    if pretty is None:
        problems.add("pretty", "Must be true or false.")
    if problems or start is None or end is None or pretty is None:
        raise ValidationError(problems)
    return Parameters(start, end, step, format, pretty)


def _bound(query: Mapping[str, str], name: str, zone: ZoneInfo, problems: _Problems) -> datetime | None:
    text = query.get(name, "")
    try:
        day = _bare_date(text)
        if day is not None:
            found = day_start(day + DAY if name == "end" else day, zone)
        else:
            found = parse_instant(LOST_PLUS.sub(r"\1+\2", text), zone)
    except SkippedLocalTime as error:
        problems.add(name, str(error))
    except (ValueError, OverflowError):
        problems.add(name, "Is required: a date such as 2021-03-09, or a date and time in ISO 8601.")
    else:
        if found.year in YEARS:
            return found
        problems.add(name, f"Must be in the years {YEARS.start} to {YEARS.stop - 1}.")
    return None


def _bare_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _step(query: Mapping[str, str], problems: _Problems) -> Step | None:
    try:
        return Step(query.get("interval", "").lower())
    except ValueError:
        problems.add("interval", f"Must be one of {', '.join(step.name for step in Step)}.")
        return None


def _format(query: Mapping[str, str], problems: _Problems) -> str:
    name = query.get("type", "RAW").upper()
    if name not in EXPORTERS:
        serving = ", ".join(EXPORTERS)
        later = f"{name} is not there yet; " if name in COMING else ""
        problems.add("type", f"{later}{serving} serves.")
    return name

"""The parameters of reports, checked (reference, Reports; decisions, section 8)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rest_framework.exceptions import ValidationError

from intellimeter.common.local_time import SkippedLocalTime, day_start, parse_instant
from metering.consumption import Step
from reporting.exporters import FORMATS

DAY = timedelta(days=1)
YEARS = range(1970, 2200)
LOST_PLUS = re.compile(r"(T[\d:.,]+) (\d\d:?\d\d)$")
"""A blank before an offset: what an unescaped + turns into in a query."""
TRUTHS = {"true": True, "1": True, "false": False, "0": False}
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class Bound:
    """An end of the range, as the instant that is meant and as files are named by it."""

    instant: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Parameters:
    """A range (start, end] in UTC, the step of the interval report, and the format with what is wished of it."""

    start: Bound
    end: Bound
    step: Step | None
    format: str
    pretty: bool
    table_name: str | None


class _Problems(dict[str, list[str]]):
    def add(self, name: str, sentence: str) -> None:
        self.setdefault(name, []).append(sentence)


def parameters(query: Mapping[str, str], zone: ZoneInfo, *, with_step: bool, one_day: bool) -> Parameters:
    """The query's parameters; ValidationError names every one at fault. Bare dates are whole days of the zone.

    Of one day only `start` is asked; the range is the day, or from a time to the day's end.
    """
    problems = _Problems()
    start = _bound(query, "start", zone, problems)
    end = _day_end(start, zone) if one_day else _bound(query, "end", zone, problems)
    if start and end and (start.instant > end.instant or (start.instant == end.instant and _bare_date(query["end"]))):
        problems.add("start", "Must not be after end.")
    step = _step(query, problems) if with_step else None
    format = _format(query, problems)
    pretty = TRUTHS.get(query.get("pretty", "false").lower())
    if pretty is None:
        problems.add("pretty", "Must be true or false.")
    table_name = _table_name(query, problems)
    if problems or start is None or end is None or pretty is None:
        raise ValidationError(problems)
    return Parameters(start, end, step, format, pretty, table_name)


def _bound(query: Mapping[str, str], name: str, zone: ZoneInfo, problems: _Problems) -> Bound | None:
    text = query.get(name, "")
    try:
        day = _bare_date(text)
        if day is not None:
            found = Bound(day_start(day + DAY if name == "end" else day, zone), day.isoformat())
        else:
            instant = parse_instant(LOST_PLUS.sub(r"\1+\2", text), zone)
            found = Bound(instant, f"{instant.astimezone(zone):%Y-%m-%dT%H-%M-%S}")
    except SkippedLocalTime as error:
        problems.add(name, str(error))
    except (ValueError, OverflowError):
        problems.add(name, "Is required: a date such as 2021-03-09, or a date and time in ISO 8601.")
    else:
        if found.instant.year in YEARS:
            return found
        problems.add(name, f"Must be in the years {YEARS.start} to {YEARS.stop - 1}.")
    return None


def _day_end(start: Bound | None, zone: ZoneInfo) -> Bound | None:
    """The end of the local day that goes on from the start."""
    if start is None:
        return None
    day = start.instant.astimezone(zone).date()
    return Bound(day_start(day + DAY, zone), day.isoformat())


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
    if name not in FORMATS:
        problems.add("type", f"Must be one of {', '.join(sorted(FORMATS))}.")
    return name


def _table_name(query: Mapping[str, str], problems: _Problems) -> str | None:
    name = query.get("table_name")
    if name is not None and not IDENTIFIER.fullmatch(name):
        problems.add("table_name", "Must be a plain identifier: letters, digits and underscores, at most 64 of them.")
    return name

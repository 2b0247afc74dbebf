"""From a file's rows to reads of known meters: what is checked before anything touches the database.

The loop runs once for every row of files with millions of them, so what can be known once is kept: where a header's cells
are, the instant of a time stamp, the canonical text of a point's value.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from intellimeter.common.fields import to_millionths
from intellimeter.common.local_time import SkippedLocalTime, parse_instant
from metering.enums import Utility
from metering.ingest.databases import points_order, points_text
from metering.ingest.result import RowNote
from metering.ingest.values import BadValue, point_of, register_of
from metering.models import Meter, Property

ABOUT_THE_METER = frozenset({"name", "utility", "panel", "suite", "floor", "sent"})
EARLIEST = int(datetime(1990, 1, 1, tzinfo=UTC).timestamp())
CLOCK_TOLERANCE = timedelta(minutes=10)
MOST_POINTS = 200
MOST_CACHED = 200_000
_new = tuple.__new__  # half the time of Row(…)
POINT_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,62}").fullmatch


class RawRow(NamedTuple):
    """One row as its file has it: its number from 1, the names of its cells, and the cells (text, truth value or null)."""

    number: int
    names: tuple[str, ...]
    cells: Sequence[object]


RawRows = Iterable[tuple[int, tuple[str, ...], Sequence[object]]]
"""Raw rows, or bare tuples that read the same: files have millions of them, and a name costs as much as a cell."""


class KnownMeter(NamedTuple):
    """What a row needs to know of its meter; `register_max` in millionths."""

    pk: int
    serial: str
    unit: str
    register_max: int | None


class Row(NamedTuple):
    """A read to store: instant in whole seconds since 1970, register in millionths, other points as canonical JSON."""

    meter: int
    time: int
    register: int | None
    points: str | None
    number: int


class Columns:
    """Where the cells of one header are, for meters of one unit."""

    def __init__(self, names: tuple[str, ...], unit: str):
        self.register_name = unit
        self.register = names.index(unit) if unit in names else None
        interval = f"{unit}_interval"
        self.interval = names.index(interval) if interval in names else None
        taken = ABOUT_THE_METER | {"serial_number", "time_stamping", unit, interval}
        points = [(name, names.index(name)) for name in sorted(set(names) - taken, key=points_order)]
        if len(points) > MOST_POINTS:
            raise BadValue(f"A read has at most {MOST_POINTS} metering points.")
        for name, _ in points:
            if not POINT_NAME(name):
                raise BadValue(f"{name[:80]!r} cannot name a metering point: letters, digits, _ . - serve.")
        self.points = [(f'"{name}": ', position) for name, position in points]


class ColumnsByUnit(dict[str, Columns]):
    """A header's columns, made when a meter of the unit is first met."""

    def __init__(self, names: tuple[str, ...]):
        super().__init__()
        self._names = names

    def __missing__(self, unit: str) -> Columns:
        columns = self[unit] = Columns(self._names, unit)
        return columns


class Header:
    """The names of a row's cells: where serial number and time are, and the columns by unit."""

    def __init__(self, names: tuple[str, ...]):
        self.names = names
        self.width = len(names)
        self.complete = "serial_number" in names and "time_stamping" in names
        self.serial = names.index("serial_number") if "serial_number" in names else -1
        self.time = names.index("time_stamping") if "time_stamping" in names else -1
        self.columns = ColumnsByUnit(names)


class RowReader:
    """Turns a property's raw rows into rows to store, and notes those that it refuses."""

    def __init__(self, property: Property, zone: ZoneInfo, now: datetime):
        self._zone = zone
        self._latest = int((now + CLOCK_TOLERANCE).timestamp())
        self._meters: dict[object, KnownMeter] = {
            serial: KnownMeter(pk, serial, Utility(utility).unit, _millionths(most))
            for serial, pk, utility, most in Meter.objects.filter(property=property).values_list(
                "serial_number", "pk", "utility", "register_max"
            )
        }
        self._headers: dict[tuple[str, ...], Header] = {}
        self._times: dict[object, int] = {}
        self._points: dict[object, str] = {}
        self.meters = {meter.pk: meter for meter in self._meters.values()}
        self.rejected: list[RowNote] = []

    def read(self, rows: RawRows) -> Iterator[Row]:
        """The rows that can be stored; the others are in `rejected`."""
        header = Header(())
        for number, names, cells in rows:
            if names is not header.names:
                header = self._header(names)
            try:
                yield self._row(number, header, cells)
            except BadValue as error:
                self.rejected.append(RowNote(number, self._serial(header, cells), str(error)))

    def _header(self, names: tuple[str, ...]) -> Header:
        header = self._headers.get(names)
        if header is None:
            header = Header(names)
            if len(self._headers) < MOST_CACHED:
                self._headers[names] = header
        return header

    def _row(self, number: int, header: Header, cells: Sequence[object]) -> Row:
        if len(cells) != header.width:
            raise BadValue(f"The row has {len(cells)} cells where the header has {header.width}.")
        if not header.complete:
            raise BadValue("A read needs serial_number and time_stamping.")
        serial, stamp = cells[header.serial], cells[header.time]
        try:
            meter = self._meters[serial]
        except (KeyError, TypeError):
            raise self._unknown(serial) from None
        columns = header.columns[meter.unit]
        try:
            time = self._times[stamp]
        except (KeyError, TypeError):
            time = self._instant(stamp)
        register = None
        if columns.register is not None:
            cell = cells[columns.register]
            if cell is not None and cell != "":
                register = register_of(cell, columns.register_name, meter.register_max)
        if register is None and columns.interval is not None and cells[columns.interval] not in (None, ""):
            raise BadValue(f"An interval without {columns.register_name}: consumption is reckoned from registers.")
        points = self._points_text(columns, cells) if columns.points else None
        if register is None and points is None:
            raise BadValue("The row has no metering point.")
        return _new(Row, (meter.pk, time, register, points, number))

    @staticmethod
    def _unknown(serial: object) -> BadValue:
        if serial is None or serial == "":
            return BadValue("serial_number is missing.")
        return BadValue(f"The property has no meter with the serial number {serial!s:.120}.")

    def _points_text(self, columns: Columns, cells: Sequence[object]) -> str | None:
        known = self._points
        try:
            parts = [prefix + known[cells[at]] for prefix, at in columns.points if cells[at] not in (None, "")]
        except (KeyError, TypeError):
            parts = [
                prefix + self._point(prefix, cells[at]) for prefix, at in columns.points if cells[at] not in (None, "")
            ]
        return points_text(parts) if parts else None

    def _point(self, prefix: str, cell: object) -> str:
        text = point_of(cell, prefix[1:-3])
        if isinstance(cell, str) and len(self._points) < MOST_CACHED:
            self._points[cell] = text
        return text

    def _instant(self, stamp: object) -> int:
        if not isinstance(stamp, str) or not stamp:
            raise BadValue("time_stamping is missing.")
        try:
            instant = parse_instant(stamp, self._zone)
        except SkippedLocalTime as error:
            raise BadValue(f"time_stamping: {error}") from error
        except ValueError as error:
            raise BadValue(f"time_stamping is {stamp[:60]!r}; it must be an ISO 8601 date and time.") from error
        time = int(instant.timestamp())
        if time > self._latest:
            raise BadValue(f"time_stamping is {stamp}, more than 10 minutes in the future.")
        if time < EARLIEST:
            raise BadValue(f"time_stamping is {stamp}, before 1990.")
        if len(self._times) < MOST_CACHED:
            self._times[stamp] = time
        return time

    @staticmethod
    def _serial(header: Header, cells: Sequence[object]) -> str:
        found = cells[header.serial] if 0 <= header.serial < len(cells) else None
        return found[:120] if isinstance(found, str) else ""


def _millionths(value: Any) -> int | None:
    return None if value is None else to_millionths(value)

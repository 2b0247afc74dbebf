"""What a cycle's file says: each meter's read at the instant, as the writers take it (reference, File Send)."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast

from fileupload.formats import FileRow, Value
from intellimeter.common.local_time import to_utc, zone_of
from metering.enums import Utility
from metering.models import MeterSuite, Property, Read


def rows_of(property: Property, instant: datetime, sent: datetime | None) -> list[FileRow]:
    """The property's reads at the instant by the meter's name; `sent` is when they were first sent, if they were."""
    zone = zone_of(property.timezone)
    stamps = {"time_stamping": stamp(instant, zone), "sent": None if sent is None else stamp(sent, zone)}
    return [FileRow(_about(read) | stamps, dict(sorted(_points(read).items()))) for read in _reads(property, instant)]


def newest_instant(property: Property) -> datetime | None:
    """When the property's newest read was taken."""
    latest = property.meters.exclude(latest__time=None).order_by("-latest__time")
    found: datetime | None = latest.values_list("latest__time", flat=True).first()
    return found


def stamp(instant: datetime, zone: ZoneInfo) -> str:
    """Local time, to the second; in the second pass of a repeated hour with its offset, which tells it from the first."""
    local = instant.astimezone(zone).replace(microsecond=0)
    naive = local.replace(tzinfo=None)
    second_pass = to_utc(naive, zone) != local.astimezone(UTC)
    return local.isoformat(" ") if second_pass else naive.isoformat(" ")


def _reads(property: Property, instant: datetime) -> Iterable[Any]:
    """Reads with their meter and the suite that it served then; points as text, so that no digit is lost to a float."""
    serving = MeterSuite.objects.filter(
        Q(start=None) | Q(start__lt=instant), Q(end=None) | Q(end__gte=instant), meter=OuterRef("meter_id")
    )
    rows = Read.objects.filter(meter__in=property.meters.all(), time=instant).order_by("meter__name", "meter_id")
    return rows.annotate(
        suite=Subquery(serving.values("suite__name")[:1]), points_text=Cast("points", TextField())
    ).values(
        "meter__name",
        "meter__serial_number",
        "meter__utility",
        "meter__panel",
        "meter__floor",
        "suite",
        "register",
        "interval",
        "points_text",
    )


def _about(read: dict[str, Any]) -> dict[str, str | None]:
    return {
        "name": read["meter__name"],
        "serial_number": read["meter__serial_number"],
        "utility": read["meter__utility"],
        "panel": read["meter__panel"],
        "suite": read["suite"],
        "floor": read["meter__floor"],
    }


def _points(read: dict[str, Any]) -> dict[str, Value]:
    """The points as sent, and register and interval under the unit's name; an interval that cannot be told is left out."""
    unit = Utility(read["meter__utility"]).unit
    text = read["points_text"]
    points: dict[str, Value] = json.loads(text, parse_float=Decimal) if text else {}
    for name, figure in ((unit, read["register"]), (f"{unit}_interval", read["interval"])):
        if figure is not None:
            points[name] = _short(figure)
    return points


def _short(figure: Decimal) -> Decimal:
    """Without superfluous zeros, and without the exponent that would come of leaving out those before the point."""
    short = figure.normalize()
    return short if short.as_tuple().exponent in range(-6, 1) else short.quantize(Decimal(1))

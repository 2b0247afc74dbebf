"""Serializer fields that the endpoints share (decisions, section 2)."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Model, QuerySet
from rest_framework import serializers

from intellimeter.common.api.schema.shapes import ID, LOCAL_TIME, TEXT
from intellimeter.common.local_time import SkippedLocalTime, local_stamp, parse_instant, zone_of
from intellimeter.common.public_ids import PATTERN

MAX_STAMP = 64
_PUBLIC_ID = re.compile(PATTERN)


class _LocalInstant(NamedTuple):
    instant: datetime
    zone: ZoneInfo


class LocalDateTimeField(serializers.Field[Any, Any, Any, Any]):
    """An instant, written `YYYY-MM-DDTHH:MM:SS` in a zone; read from any ISO 8601 form, without an offset in that zone.

    `zone` is the path from the object to its IANA name ("timezone", "property.timezone"). Without it the zone is the
    serializer context's `zone` (what the viewset found by `?property=`), else the company's.
    """

    shape = LOCAL_TIME
    sent_shape = TEXT | {"maxLength": MAX_STAMP, "description": "Any ISO 8601 form; local without an offset."}
    default_error_messages = {
        "invalid": "Must be a date and time such as 2021-04-09T10:20:00, with or without an offset.",
        "skipped": "{message}",
    }

    def __init__(self, *, zone: str | None = None, **kwargs: Any):
        self.zone_path = zone
        super().__init__(**kwargs)

    def get_attribute(self, instance: Any) -> _LocalInstant | None:
        value = super().get_attribute(instance)
        return None if value is None else _LocalInstant(value, self._zone(instance))

    def to_representation(self, value: _LocalInstant | datetime) -> str:
        found = value if isinstance(value, _LocalInstant) else _LocalInstant(value, self._zone(None))
        return local_stamp(found.instant, found.zone)

    def to_internal_value(self, data: Any) -> datetime:
        if not isinstance(data, str) or len(data) > MAX_STAMP:
            self.fail("invalid")
        try:
            return parse_instant(data, self._zone(getattr(self.parent, "instance", None)))
        except SkippedLocalTime as error:
            self.fail("skipped", message=str(error))
        except ValueError:
            self.fail("invalid")

    def _zone(self, instance: Any) -> ZoneInfo:
        if self.zone_path and isinstance(instance, Model):
            found: Any = instance
            for step in self.zone_path.split("."):
                found = getattr(found, step)
            return zone_of(str(found))
        if zone := self.context.get("zone"):
            return zone if isinstance(zone, ZoneInfo) else zone_of(zone)
        company = self.context["request"].user.company
        return zone_of(company.timezone if company else "UTC")


class MoneyField(serializers.DecimalField):
    """Dollars: a JSON number with at most two decimals."""

    def __init__(self, **kwargs: Any):
        super().__init__(**{"max_digits": 12, "decimal_places": 2, "coerce_to_string": False, **kwargs})


class RateField(serializers.DecimalField):
    """Cents per kWh or m³, or percent: a JSON number, never negative."""

    def __init__(self, **kwargs: Any):
        defaults = {"max_digits": 12, "decimal_places": 6, "min_value": Decimal(0), "coerce_to_string": False}
        super().__init__(**{**defaults, **kwargs})


class MillionthsNumberField(serializers.DecimalField):
    """A register or a consumption in kWh or m³: a JSON number with at most six decimals."""

    def __init__(self, **kwargs: Any):
        super().__init__(**{"max_digits": 18, "decimal_places": 6, "coerce_to_string": False, **kwargs})


class PublicIdRelatedField(serializers.SlugRelatedField[Any]):
    """Another object by its public id, chosen among those that the user may see (style, point 3).

    Where the viewset has found a property (`context["property"]`) and the other model has one too, only that property's
    serve. A foreign id and an unknown one get the same 400.
    """

    shape = ID
    default_error_messages = {
        "does_not_exist": "There is no such {slug_name}.",
        "invalid": "Must be an id of 8 hexadecimal characters.",
    }

    def __init__(self, **kwargs: Any):
        super().__init__(slug_field="public_id", **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        every: Any = super().get_queryset()
        rows: QuerySet[Any] = every.visible_to(self.context["request"].user)
        owner = self.context.get("property")
        if owner is not None and any(field.name == "property" for field in rows.model._meta.fields):
            rows = rows.filter(property=owner)
        return rows

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid")
        found = self.get_queryset().filter(public_id=data).first() if is_public_id(data) else None
        if found is None:
            self.fail("does_not_exist", slug_name=self.field_name)
        return found


def is_public_id(text: str) -> bool:
    """Whether the text has the form of a public id: what has not need not be looked up."""
    return _PUBLIC_ID.fullmatch(text) is not None

"""Thousands of new rows at once: PostgreSQL takes them by COPY, in a fifth of the time that bulk_create needs.

Constraints of the database hold as ever; no signal is sent, as with bulk_create.
"""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from intellimeter.common.fields import MillionthsField, to_millionths

NULL = "\\N"
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def insert_objects(objects: Sequence[models.Model]) -> None:
    """Insert new objects of one model, all of whose fields are set; each gets its primary key."""
    if not objects:
        return
    model = type(objects[0])
    if connection.vendor != "postgresql":
        model._base_manager.bulk_create(objects)
        return
    for one, key in zip(objects, _draw_keys(model, len(objects)), strict=True):
        one.pk = key
    _copy(model, {field: _stored_values(field, objects) for field in model._meta.concrete_fields})
    for one in objects:
        one._state.adding, one._state.db = False, connection.alias


def insert_values(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows given by their columns' values (`invoice_id`, not `invoice`); what a row leaves out takes its default."""
    if not rows:
        return
    if connection.vendor != "postgresql":
        model._base_manager.bulk_create([model(**row) for row in rows])
        return
    columns = {}
    for field in model._meta.concrete_fields:
        if not field.primary_key:
            default = field.get_default()
            columns[field] = [row.get(field.attname, default) for row in rows]
    _copy(model, columns)


def _draw_keys(model: type[models.Model], count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def _stored_values(field: "models.Field[Any, Any]", objects: Iterable[models.Model]) -> list[Any]:
    if type(field).pre_save is models.Field.pre_save:
        return [getattr(one, field.attname) for one in objects]
    return [field.pre_save(one, True) for one in objects]


def _copy(model: type[models.Model], columns: Mapping["models.Field[Any, Any]", Sequence[Any]]) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in columns)
    cells = (_encoded(field, values) for field, values in columns.items())
    lines = io.StringIO("\n".join(map("\t".join, zip(*cells, strict=True))))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN", lines)


def _encoded(field: "models.Field[Any, Any]", values: Iterable[Any]) -> list[str]:
    """A column's cells in COPY's text format."""
    encode = _encoder(field)
    return [NULL if value is None else encode(value) for value in values]


def _encoder(field: "models.Field[Any, Any]") -> Callable[[Any], str]:
    if isinstance(field, MillionthsField):
        return lambda value: str(to_millionths(value))
    if isinstance(field, models.JSONField):
        encode = DjangoJSONEncoder().encode
        return lambda value: encode(value).translate(ESCAPES)
    if isinstance(field, models.CharField | models.TextField):
        return lambda value: str(value).translate(ESCAPES)
    return str

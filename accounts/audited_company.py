"""Whose an entry of the audit log is: the company that the changed row belongs to, by the row's own relations.

The entry keeps the company's key, so that it stays that company's when the row is gone. Rows of the platform itself (staff
without a company, frequent questions) are nobody's.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import Model

KEY = "company"
"""Under which an entry's additional data holds the company's primary key."""

WAYS = {"company": "company_id", "property": "property__company_id", "user": "user__company_id"}
"""From a model to its company, by the first of these fields that it has."""


@cache
def company_path(model: type[Model]) -> str | None:
    """The look-up of the company's key from a row of the model; None where its rows are no company's."""
    if getattr(model, "of_the_platform", False):
        return None
    if model._meta.label == "accounts.Company":
        return "pk"
    if path := getattr(model, "property_path", None):
        return f"{path}__company_id"
    return next((way for field, way in WAYS.items() if _has(model, field)), None)


def _has(model: type[Model], field: str) -> bool:
    try:
        model._meta.get_field(field)
    except FieldDoesNotExist:
        return False
    return True


def company_of(row: Model) -> dict[str, int] | None:
    """What auditlog is to note of the row beside its changes: auditlog asks each audited model for it by this method."""
    found: Any = row
    try:
        for name in (company_path(type(row)) or "").split("__"):
            found = getattr(found, name) if name and found is not None else None
    except ObjectDoesNotExist:  # a row half gone: its parent was deleted before it
        return None
    return None if found is None else {KEY: found}


def companies_of(model: type[Model], keys: Iterable[Any]) -> dict[Any, int]:
    """The companies of rows by their primary keys; rows of none are left out. One query."""
    path = company_path(model)
    if path is None:
        return {}
    rows = model._base_manager.filter(pk__in=list(keys), **{f"{path}__isnull": False})
    return dict(rows.values_list("pk", path))

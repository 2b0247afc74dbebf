"""The audit log: who changed what, when, through which door, from what to what (decisions, section 5; ADR 3).

Every model of `AUDITED_APPS` is in it, but for facts that machines write by the thousand: reads and rollups, which are those
with a composite key, and what `AUDIT_EXEMPT` names. Secrets are masked: the log says that one was changed, not what it was or is.

Saves and deletions are seen by their signals. Bulk statements send none: rows of an audited model are updated in bulk by
`update_rows`, and who inserts them in bulk calls `record_created`. A test looks for those who do not.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from auditlog.cid import get_cid
from auditlog.context import auditlog_value
from auditlog.diff import model_instance_diff
from auditlog.middleware import AuditlogMiddleware
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from celery._state import get_current_task
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import BinaryField, CompositePrimaryKey, ManyToManyField, Model, QuerySet
from django.db.models.signals import pre_save
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.audited_company import KEY, companies_of, company_of
from intellimeter.common.storing import insert_rows

Told = tuple[int, str, Mapping[str, Any]]
"""Of one row: its primary key, how it is called, and what the entry says of it."""

MASKED = ("password", "client_secret", "header")
# Stamps, bookmarks and progress, which nobody sets, long reports, and what a site file says, whose doings are told one by one.
UNTRACKED = frozenset(
    {
        "alive",
        "created",
        "document",
        "done",
        "last_login",
        "plan",
        "problems",
        "row_notes",
        "secrets",
        "settled_until",
        "updated",
    }
)
MASK = "********"
DOOR = "door"  # in auditlog's context: through which door, and by which program, the request changes what it changes
# A context that is no request's. Receivers of other threads' requests ask every context whether it is theirs.
NOBODYS: Mapping[str, Any] = MappingProxyType({"signal_duid": None})
PLAIN = (str, int, float, list, dict)  # what JSON says as it is


def mask(_value: str) -> str:
    """What stands in the log for a secret."""
    return MASK


def audit_models() -> None:
    """Put every model that is not exempt under audit; run once, when the apps are ready."""
    for label in settings.AUDITED_APPS:
        for model in apps.get_app_config(label).get_models():
            if not is_exempt(model) and not auditlog.contains(model):
                _audit(model)
    pre_save.connect(_name_door, sender=LogEntry, dispatch_uid="accounts.audit")


def is_exempt(model: type[Model]) -> bool:
    """Whether the log leaves the model out."""
    return isinstance(model._meta.pk, CompositePrimaryKey) or model._meta.label in settings.AUDIT_EXEMPT


def _audit(model: type[Model]) -> None:
    fields = [
        field for field in model._meta.concrete_fields if not isinstance(field, BinaryField)
    ]  # a digest tells of it
    tracked = [field.name for field in fields if field.name not in UNTRACKED]
    masked = [name for name in tracked if name in MASKED]
    m2m = {field.name for field in model._meta.local_many_to_many if _is_plain(field)}
    model.add_to_class("get_additional_data", company_of)
    auditlog.register(
        model, include_fields=tracked, mask_fields=masked, mask_callable="accounts.audit.mask", m2m_fields=m2m
    )


def _is_plain(field: "ManyToManyField[Any, Any]") -> bool:
    """Whether the relation has no model of its own, which would be audited as such."""
    through = field.remote_field.through
    return through is not None and bool(through._meta.auto_created)


class AuditMiddleware(AuditlogMiddleware):
    """Names the signed-in user of a request as the one who changes, and the door: admin, api or portal.

    The API's own user is known only once its token is read; `record_actor` then takes over.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().__call__(request)
            return answer
        finally:
            auditlog_value.set(NOBODYS)  # what this thread does next is not this request's doing

    @staticmethod
    def _get_remote_addr(request: HttpRequest) -> str | None:
        return request.META.get("REMOTE_ADDR") or None

    def get_extra_data(self, request: HttpRequest) -> dict[str, Any]:
        first = request.path.split("/")[1]
        door = first if first in ("admin", "api") else "portal"
        actor = None if door == "api" else self._get_actor(request)
        address = self._get_remote_addr(request)
        return {"actor": actor, "remote_addr": address, DOOR: {"via": door}}


def record_actor(user: Model, **details: str) -> None:
    """From here on, what the request changes is this user's doing; `details` say more of the door."""
    context = auditlog_value.get(NOBODYS)
    if context is not NOBODYS:
        context["actor"] = user
        context[DOOR] = {**context.get(DOOR, {}), **details}


@contextmanager
def acting_for(user: Model | None, *, door: str) -> Iterator[None]:
    """What a worker changes in here is this user's doing, who asked for it through the door."""
    token = auditlog_value.set({**NOBODYS, "actor": user, DOOR: {"via": door}})
    try:
        yield
    finally:
        auditlog_value.reset(token)


def record_email_alone(user: Model) -> None:
    """The user is about to go: where it is they who ask, the log names them by email from here on, since no row is left."""
    context = auditlog_value.get(None)
    if context is not None and context.get("actor") == user:
        context |= {"actor": None, "actor_email": str(user)}


@transaction.atomic
def update_rows(rows: QuerySet[Any], **values: Any) -> int:
    """`rows.update(**values)` with an entry for each row that this changes; how many rows there were."""
    before = {row.pk: row for row in rows.order_by("pk").select_for_update(no_key=True, of=("self",))}
    held = rows.model._base_manager.filter(pk__in=before)
    held.update(**values)
    told = [
        (row.pk, str(row), changes)
        for row in held
        if (changes := model_instance_diff(before[row.pk], row, fields_to_check=values, use_json_for_changes=True))
    ]
    _insert_entries(rows.model, LogEntry.Action.UPDATE, told)
    return len(before)


def record_created(
    model: type[Model], rows: Iterable[Told], *, alike: Mapping[str, Any] | None = None, company_id: int | None = None
) -> None:
    """An entry for each of these rows, which were inserted in bulk. Of each the values by field, related rows as text; `alike`
    are those that all of them have. `company_id` is the company of them all, where that is known already."""
    common = _after(alike or {})
    told = [(key, name, {**common, **_after(values)}) for key, name, values in rows]
    _insert_entries(model, LogEntry.Action.CREATE, told, company_id=company_id)


def _after(values: Mapping[str, Any]) -> dict[str, tuple[None, Any]]:
    """The change from nothing to these values, as auditlog writes it."""
    return {
        name: (None, MASK if name in MASKED else value if isinstance(value, PLAIN) else str(value))
        for name, value in values.items()
        if value is not None and value != ""
    }


def _insert_entries(model: type[Model], action: int, rows: Sequence[Told], *, company_id: int | None = None) -> None:
    """The entries as auditlog would make them one by one: by the same person, through the same door, at one instant."""
    if is_exempt(model):
        raise ValueError(f"{model._meta.label} is not in the audit log.")
    stamp = LogEntry(content_type=ContentType.objects.get_for_model(model), action=action, cid=get_cid())
    pre_save.send(sender=LogEntry, instance=stamp, raw=False, using=DEFAULT_DB_ALIAS, update_fields=None)
    common = {field.attname: getattr(stamp, field.attname) for field in LogEntry._meta.fields if not field.primary_key}
    door = common.pop("additional_data")
    keys = [key for key, _, _ in rows]
    companies = companies_of(model, keys) if company_id is None else dict.fromkeys(keys, company_id)
    details = {company: _joined(door, {KEY: company}) for company in set(companies.values())}
    nobodys = _joined(door, None)
    insert_rows(
        LogEntry,
        [
            {
                **common,
                "object_pk": str(key),
                "object_id": key,
                "object_repr": name,
                "changes": changes,
                "additional_data": details[companies[key]] if key in companies else nobodys,
            }
            for key, name, changes in rows
        ],
    )


def _name_door(sender: type[LogEntry], instance: LogEntry, **_kwargs: Any) -> None:
    """Beside the company, which is there already: who, and the request's door, or else the command or the task that runs."""
    context = auditlog_value.get(None) or NOBODYS
    if context.get("actor") and instance.actor is None:
        instance.actor, instance.actor_email = context["actor"], str(context["actor"])
    door = context.get(DOOR) or ({"via": program} if (program := _program()) else None)
    instance.additional_data = _joined(door, instance.additional_data)


def _joined(door: Mapping[str, str] | None, company: Mapping[str, int] | None) -> dict[str, Any] | None:
    return {**(door or {}), **(company or {})} or None


def _program() -> str | None:
    task: Any = get_current_task()
    if task:
        return f"task {task.name}"
    called = Path(sys.argv[0]).name
    return f"command {sys.argv[1]}" if called == "manage.py" and len(sys.argv) > 1 else None

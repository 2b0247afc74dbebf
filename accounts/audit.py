"""The audit log: who changed what, when, through which door, from what to what (decisions, section 5; ADR 3).

Every model of `AUDITED_APPS` is in it, but for facts that machines write by the thousand: reads and rollups, which are those
with a composite key, and what `AUDIT_EXEMPT` names. Secrets are masked: the log says that one was changed, not what it was or is.
"""

import sys
from pathlib import Path
from typing import Any

from auditlog.context import auditlog_value
from auditlog.middleware import AuditlogMiddleware
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from celery._state import get_current_task
from django.apps import apps
from django.conf import settings
from django.db.models import CompositePrimaryKey, ManyToManyField, Model
from django.db.models.signals import pre_save
from django.http import HttpRequest

MASKED = ("password", "client_secret")
UNTRACKED = frozenset({"created", "updated", "last_login"})
MASK = "********"


def mask(_value: str) -> str:
    """What stands in the log for a secret."""
    return MASK


def audit_models() -> None:
    """Put every model that is not exempt under audit; run once, when the apps are ready."""
    for label in settings.AUDITED_APPS:
        for model in apps.get_app_config(label).get_models():
            if not is_exempt(model) and not auditlog.contains(model):
                _audit(model)
    pre_save.connect(_name_program, sender=LogEntry, dispatch_uid="accounts.audit")


def is_exempt(model: type[Model]) -> bool:
    """Whether the log leaves the model out."""
    return isinstance(model._meta.pk, CompositePrimaryKey) or model._meta.label in settings.AUDIT_EXEMPT


def _audit(model: type[Model]) -> None:
    tracked = [field.name for field in model._meta.concrete_fields if field.name not in UNTRACKED]
    masked = [name for name in tracked if name in MASKED]
    m2m = {field.name for field in model._meta.local_many_to_many if _is_plain(field)}
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

    @staticmethod
    def _get_remote_addr(request: HttpRequest) -> str | None:
        return request.META.get("REMOTE_ADDR") or None

    def get_extra_data(self, request: HttpRequest) -> dict[str, Any]:
        first = request.path.split("/")[1]
        door = first if first in ("admin", "api") else "portal"
        actor = None if door == "api" else self._get_actor(request)
        address = self._get_remote_addr(request)
        return {"actor": actor, "remote_addr": address, "additional_data": {"via": door}}


def record_actor(user: Model, **details: str) -> None:
    """From here on, what the request changes is this user's doing; `details` say more of the door."""
    context = auditlog_value.get(None)
    if context is not None:
        context["actor"] = user
        context["additional_data"] = {**context.get("additional_data", {}), **details}


def _name_program(sender: type[LogEntry], instance: LogEntry, **_kwargs: Any) -> None:
    """Where no request says who: the command or the task that runs. A request's own word, which comes later, wins."""
    if instance.additional_data is None and (program := _program()):
        instance.additional_data = {"via": program}


def _program() -> str | None:
    task: Any = get_current_task()
    if task:
        return f"task {task.name}"
    called = Path(sys.argv[0]).name
    return f"command {sys.argv[1]}" if called == "manage.py" and len(sys.argv) > 1 else None

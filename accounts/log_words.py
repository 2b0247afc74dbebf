"""What an entry of the audit log says in words: who, through which door, and each field before and after."""

from typing import Any

from auditlog.models import LogEntry
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _


def who(entry: LogEntry) -> str:
    """The person's email, also of one who is gone; nobody's where a command or the schedule did it."""
    return str(entry.actor or entry.actor_email or "")


def door(entry: LogEntry) -> str:
    """The program by its name, the portal, the platform's staff, or the work that ran by itself."""
    details = entry.additional_data or {}
    if program := details.get("program") or details.get("application"):
        return _("Program %(name)s") % {"name": program}
    via = str(details.get("via", ""))
    kind, _space, name = via.partition(" ")
    if kind == "task":
        return _("Scheduled work (%(name)s)") % {"name": name.rpartition(".")[2].replace("_", " ")}
    if kind == "command":
        return _("Command %(name)s") % {"name": name}
    return {"api": _("API"), "admin": _("Platform administration"), "portal": _("Portal")}.get(via, via)


def kind(entry: LogEntry) -> str:
    """What sort of thing was changed."""
    return capfirst(str(entry.content_type.name))


def changed(entry: LogEntry) -> list[tuple[str, str, str]]:
    """Each changed field by its name in the product, with its value before and after; of relations, what went and came."""
    model = entry.content_type.model_class()
    told = [(_label(model, name), *_before_and_after(change)) for name, change in (entry.changes or {}).items()]
    return sorted(told)


def _label(model: Any, name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name)
    except (AttributeError, FieldDoesNotExist):  # a field, or a model, of an earlier version
        return name.replace("_", " ")


def _before_and_after(change: Any) -> tuple[str, str]:
    if isinstance(change, dict):
        listed = ", ".join(map(str, change.get("objects", [])))
        return ("", listed) if change.get("operation") == "add" else (listed, "")
    before, after = change
    return _shown(before), _shown(after)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)

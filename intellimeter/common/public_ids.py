"""Ids that are safe to show: 8 lower-case hex characters, random, unique within their table (decisions, section 2)."""

import secrets

from django.db import models

LENGTH = 8
PATTERN = r"^[0-9a-f]{8}$"


def new_public_ids(model: type[models.Model], count: int) -> list[str]:
    """As many ids as asked for that no row of the model has yet; one query however many they are."""
    found: set[str] = set()
    while len(found) < count:
        candidates = {secrets.token_hex(LENGTH // 2) for _ in range(count - len(found))} - found
        taken = model._base_manager.filter(public_id__in=candidates).order_by().values_list("public_id", flat=True)
        found |= candidates - set(taken)
    return list(found)


class PublicIdField(models.CharField):
    """A model's public id, drawn when the row is first stored and never changed after."""

    def __init__(self, *args, **kwargs):
        kwargs |= {"max_length": LENGTH, "unique": True, "editable": False}
        kwargs.setdefault("verbose_name", "ID")
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for implied in ("max_length", "unique", "editable"):
            kwargs.pop(implied, None)
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        public_id: str = getattr(model_instance, self.attname)
        if not public_id:
            [public_id] = new_public_ids(type(model_instance), 1)
            setattr(model_instance, self.attname, public_id)
        return public_id


class PublicModel(models.Model):
    """A row that the outside may name: its public id, and when it was made and last changed (UTC)."""

    public_id = PublicIdField()
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

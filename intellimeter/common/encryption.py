"""Secrets that must be read again (another server's password): encrypted at rest, with keys that can be rotated.

`FIELD_ENCRYPTION_KEYS` are Fernet keys: the first encrypts, all of them decrypt. `manage.py rotate_encryption` encrypts what
is stored anew with the first, after which the others can go.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction


class EncryptedTextField(models.TextField):
    """Text that the database holds encrypted. It cannot be searched or sorted by; empty and null are kept as they are."""

    description = "Encrypted text"

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(value) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """None but `isnull`: the same text is another one each time that it is encrypted."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


class EncryptedJSONField(EncryptedTextField):
    """A JSON value that the database holds encrypted; null is the database's own."""

    description = "Encrypted JSON"

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else encrypt(json.dumps(value, ensure_ascii=False))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else json.loads(decrypt(value))

    def to_python(self, value: Any) -> Any:
        return value

    def formfield(self, **kwargs: Any) -> Any:
        from django import forms

        return models.Field.formfield(self, **{"form_class": forms.JSONField, **kwargs})


def encrypt(text: str) -> str:
    """The text as it may lie in the database."""
    return _keys(tuple(settings.FIELD_ENCRYPTION_KEYS)).encrypt(text.encode()).decode()


def decrypt(stored: str) -> str:
    """The text again; ImproperlyConfigured if none of the keys fits."""
    try:
        return _keys(tuple(settings.FIELD_ENCRYPTION_KEYS)).decrypt(stored.encode()).decode()
    except InvalidToken as error:
        raise ImproperlyConfigured(
            "None of FIELD_ENCRYPTION_KEYS decrypts what is stored; put back the key that it was encrypted with."
        ) from error


@cache
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


@transaction.atomic
def rotate() -> int:
    """Encrypt all that is stored anew with the first key; how many values that were."""
    count = 0
    for field in _encrypted_fields():
        rows: Any = field.model._base_manager.filter(**{f"{field.name}__isnull": False})
        for row in rows.select_for_update(of=("self",)):
            row.save(update_fields=[field.name])
            count += 1
    return count


def _encrypted_fields() -> Iterator[EncryptedTextField]:
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield field

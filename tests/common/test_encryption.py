"""Secrets at rest, and how their key is changed (docs/operations.md)."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from fileupload.models import FtpsDestination, HttpDestination
from tests.factories.fileupload import FtpsDestinationFactory, HttpDestinationFactory

pytestmark = pytest.mark.django_db
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def at_rest() -> list[str | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM fileupload_ftpsdestination")
        passwords = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT header FROM fileupload_httpdestination ORDER BY destination_ptr_id")
        return passwords + [row[0] for row in cursor.fetchall()]


def test_rotation_encrypts_anew_so_that_the_old_key_can_go(settings, capsys):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    FtpsDestinationFactory(password="pässword")
    HttpDestinationFactory(header={"X-A": "é"})
    HttpDestinationFactory(header=None)
    before = at_rest()

    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    assert FtpsDestination.objects.get().password == "pässword"
    call_command("rotate_encryption")

    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert capsys.readouterr().out == "2 values are encrypted with the first key.\n"
    assert FtpsDestination.objects.get().password == "pässword"
    assert [one.header for one in HttpDestination.objects.order_by("pk")] == [{"X-A": "é"}, None]
    assert "X-A" not in str(at_rest())
    assert [one is None for one in at_rest()] == [False, False, True]
    assert set(before) & set(at_rest()) == {None}


def test_a_lost_key_is_named_as_such(settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    FtpsDestinationFactory()

    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(ImproperlyConfigured, match="FIELD_ENCRYPTION_KEYS"):
        FtpsDestination.objects.get()


def test_what_is_encrypted_cannot_be_searched(db):
    with pytest.raises(FieldError):
        FtpsDestination.objects.filter(password="x").exists()

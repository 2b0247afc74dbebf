"""`manage.py rotate_encryption`: encrypt all that is stored encrypted anew, with the first of FIELD_ENCRYPTION_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand

from intellimeter.common.encryption import rotate


class Command(BaseCommand):
    help = "Encrypts stored secrets anew with the first of FIELD_ENCRYPTION_KEYS; after it, the other keys can go."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rotate()} values are encrypted with the first key.")

"""Fields of accounts' own."""

import hashlib
from typing import Any

from django.db import models


def checksum(secret: str) -> str:
    """What is stored of a secret that is long and random: nobody guesses it, so a fast hash without salt will do."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ChecksumField(models.CharField):
    """A code that is stored as its checksum; look-ups are given the code itself. Rows are made and deleted, never saved again."""

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else checksum(str(value))

"""The local outbox: mail as files, where no server is named (decisions, section 10). Staff read them in the browser."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage as ParsedMessage
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

NAME = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{8}\.eml")


class OutboxBackend(BaseEmailBackend):
    """Writes each message as an .eml file into EMAIL_OUTBOX_DIR; what is there under its name is whole."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        written = 0
        for message in email_messages:
            if message.recipients():
                _write(folder, message.message().as_bytes())
                written += 1
        return written


@dataclass(frozen=True, slots=True)
class Headline:
    """A message in the list: its file's name and what its head says."""

    name: str
    subject: str
    sender: str
    to: str
    date: datetime | None


def names() -> list[str]:
    """The messages' files, the newest first; their names begin with the time."""
    folder = _folder()
    found = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted((name for name in found if NAME.fullmatch(name)), reverse=True)


def headline(name: str) -> Headline:
    """What the head of a message says; its body and attachments are not parsed."""
    with (_folder() / name).open("rb") as file:
        head = BytesHeaderParser(policy=policy.default).parse(file)
    return Headline(
        name=name,
        subject=str(head["Subject"] or ""),
        sender=str(head["From"] or ""),
        to=str(head["To"] or ""),
        date=parsedate_to_datetime(head["Date"]) if head["Date"] else None,
    )


def read(name: str) -> ParsedMessage | None:
    """The message of that name, if there is one; a name that is no message's names no file at all."""
    path = _folder() / name
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    with path.open("rb") as file:
        return BytesParser(policy=policy.default).parse(file)


def _folder() -> Path:
    return Path(settings.EMAIL_OUTBOX_DIR)


def _write(folder: Path, content: bytes) -> None:
    stamp = timezone.now().strftime("%Y%m%dT%H%M%S%f")
    path = folder / f"{stamp}Z-{secrets.token_hex(4)}.eml"
    draft = path.with_suffix(".draft")
    draft.write_bytes(content)
    draft.rename(path)

"""What every kind of message shares: when a failed one is tried again, why it failed, and lines that stay one line.

Whoever sends takes its row by one conditional UPDATE that moves the next attempt ahead by `LEASE`. A worker that dies with
it leaves a row that falls due again when the lease runs out.
"""

import re
from datetime import timedelta
from email.utils import formataddr, parseaddr
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings

# Longer than any server takes that answers at all: EMAIL_TIMEOUT bounds each of its answers
LEASE = timedelta(minutes=15)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
LONGEST_REASON = 1000
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts."""
    return PAUSES[min(attempts, len(PAUSES)) - 1]


def one_line(text: str) -> str:
    """Names come from people: what could end a header line and begin another is a blank in a header."""
    return UNPRINTABLE.sub(" ", text).strip()


def sender(name: str) -> str:
    """The platform's address under somebody's name."""
    return formataddr((one_line(name), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def message_id(name: str) -> str:
    """A Message-ID of the platform: the same for every try at a message, so that a repeat can be recognised."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{name}@{domain}>"


def reason(error: Exception) -> str:
    """Why it failed, for people: the server's own words where it said any."""
    if isinstance(error, SMTPRecipientsRefused):
        said = "; ".join(f"{code} {_text(answer)}" for code, answer in error.recipients.values())
    elif isinstance(error, SMTPResponseException):
        said = f"{error.smtp_code} {_text(error.smtp_error)}"
    else:
        said = f"{type(error).__name__}: {error}"
    return said[:LONGEST_REASON]


def _text(answer: bytes | str) -> str:
    return answer if isinstance(answer, str) else answer.decode(errors="replace")

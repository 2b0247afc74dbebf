"""One attempt to bring a file to a destination, of a cycle or a sample, and what it came to."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from fileupload.enums import Transport
from fileupload.models import Destination, FtpsDestination, HttpDestination
from fileupload.transports import TRANSPORTS, Outcome, Parcel

logger = logging.getLogger(__name__)

SETTINGS: dict[str, type[HttpDestination] | type[FtpsDestination]] = {
    Transport.HTTP: HttpDestination,
    Transport.FTPS: FtpsDestination,
}
"""The model that has the settings of each transport."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """How it went; the parcel, unless it could not be made; `duration` in milliseconds."""

    outcome: Outcome
    parcel: Parcel | None
    duration: int


def attempt(destination: Destination, make: Callable[[str], Parcel]) -> Attempt:
    """Make the parcel in the destination's format and send it once, as the settings stand now. Raises nothing: whatever fails is
    in the outcome."""
    started = monotonic()
    parcel = None
    try:
        settings = SETTINGS[destination.transport].objects.get(pk=destination.pk)
        parcel = make(settings.file_type)
        outcome = _storable(TRANSPORTS[settings.transport](settings, parcel))
    except Exception as error:  # the row must say why the file was not sent, whatever it was
        logger.exception("No file could be sent to destination %s", destination.pk)
        outcome = Outcome(False, problem=f"Something failed on our side: {type(error).__name__}.")
    return Attempt(outcome, parcel, round((monotonic() - started) * 1000))


def _storable(outcome: Outcome) -> Outcome:
    """Without NUL characters, which PostgreSQL takes in no text; a server may say anything."""
    return replace(outcome, answer=outcome.answer.replace("\0", "�"), problem=outcome.problem.replace("\0", "�"))

"""What metering tells those above it, without knowing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.dispatch import Signal

from metering.models import Property

if TYPE_CHECKING:  # ingest sends what is told here
    from metering.ingest.rows import Row

reads_stored = Signal()
"""Sent with `reads` (StoredReads) for what came by `POST /read`, in the transaction that stores it: what a receiver writes is
there if the reads are. Receivers must be quick, and cheap where nothing concerns them."""


@dataclass(frozen=True, slots=True)
class StoredReads:
    """A property's reads that were just stored, or stood so already; `meters` is how many meters the property has."""

    property: Property
    meters: int
    rows: "Sequence[Row]"

    def since(self, earliest: datetime) -> dict[datetime, set[int]]:
        """The instants from `earliest` on, each with the keys of the meters that reported at it."""
        from_second = earliest.timestamp()
        found: dict[int, set[int]] = {}
        for meter, time, *_ in self.rows:
            if time >= from_second:
                found.setdefault(time, set()).add(meter)
        return {datetime.fromtimestamp(time, UTC): meters for time, meters in sorted(found.items())}

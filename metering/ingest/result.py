"""What became of a batch of reads (decisions, section 6)."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class RowNote(NamedTuple):
    """One sentence on one row; rows count from 1, a header not counted."""

    row: int
    serial_number: str
    message: str


@dataclass
class IngestResult:
    """How many rows told something new, nothing new, or contradicted a stored value; and which were refused, and why."""

    accepted: int = 0
    duplicates: int = 0
    conflicts: int = 0
    rejected: list[RowNote] = field(default_factory=list)
    conflicting: list[RowNote] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The answer of `POST /read`; what conflicted is reported back only where something did."""
        answer: dict[str, Any] = {
            "accepted": self.accepted,
            "duplicates": self.duplicates,
            "conflicts": self.conflicts,
            "rejected": [note._asdict() for note in self.rejected],
        }
        if self.conflicting:
            answer["conflicting"] = [note._asdict() for note in self.conflicting]
        return answer

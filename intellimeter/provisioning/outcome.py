"""What a run found, made and changed: the ids for the asker's programs, the tally for the asker."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


@dataclass
class Outcome:
    """`ids` maps natural keys to public ids; `changes` counts (kind, created | updated | unchanged), and
    `named` names them in their order.

    `secrets` are the client secrets that this run generated: they are stored hashed, so nobody can tell them again.
    """

    ids: dict[str, Any] = field(default_factory=dict)
    secrets: list[dict[str, str]] = field(default_factory=list)
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)
    named: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def note(self, kind: str, change: str, name: str) -> None:
        """Count one thing of a kind ("meters") that was created, updated or left unchanged."""
        self.changes[kind, change] += 1
        self.named.setdefault((kind, change), []).append(name)

    def as_dict(self) -> dict[str, Any]:
        """The JSON document that the command prints."""
        return self.ids | ({"generated_secrets": self.secrets} if self.secrets else {})

    def summary(self) -> str:
        """One line a kind: `meters: 2 created, 1 unchanged`."""
        kinds = dict.fromkeys(kind for kind, _ in self.changes)
        return "\n".join(
            f"{kind}: "
            + ", ".join(
                f"{self.changes[kind, change]} {change}"
                for change in (CREATED, UPDATED, UNCHANGED)
                if self.changes[kind, change]
            )
            for kind in kinds
        )

"""One way to lay entries of the file over rows of the database, by natural key."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from intellimeter.common.errors import DomainError
from intellimeter.provisioning.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from intellimeter.provisioning.problems import Problems
from intellimeter.provisioning.records import Entry

RowT = TypeVar("RowT", bound=models.Model)


@dataclass
class Run:
    """One run over one file: what was found wrong, who is told of each entry, and what came of it."""

    problems: Problems
    progress: Callable[[int], object]
    outcome: Outcome = field(default_factory=Outcome)

    def lay(
        self,
        kind: str,
        entry: Entry,
        found: list[RowT],
        *,
        needs: Iterable[str] = (),
        create: Callable[[], RowT],
        update: Callable[[RowT], bool],
    ) -> RowT | None:
        """The entry's row: created where none was found, else updated; `update` says whether it changed anything.

        None where that cannot be done, and why is noted. `needs` are the keys that a new row cannot do without.
        """
        self.progress(1)
        if len(found) > 1:
            self.problems.add(entry.place, f"names {len(found)} {kind}; rename all but one of them first.")
            return None
        if not found:
            missing = [key for key in needs if key not in entry]
            for key in missing:
                self.problems.add(entry.at(key), "is missing, and new ones of its kind need it.")
            if missing:
                return None
        try:
            if not found:
                row, change = create(), CREATED
            else:
                row = found[0]
                change = UPDATED if update(row) else UNCHANGED
        except DomainError as error:
            self.note_error(entry, error)
            return None
        self.outcome.note(kind, change, str(row))
        return row

    def note_error(self, entry: Entry, error: DomainError) -> None:
        """What a service refused, at the key it speaks of, else at the entry."""
        for name, sentences in error.fields.items():
            self.problems.add(entry.at(name), " ".join(sentences))
        if not error.fields:
            self.problems.add(entry.place, error.message)


def differing(row: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    """Those of the values that the row does not have yet."""
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def change_to(row: models.Model, values: dict[str, Any], change: Callable[..., object]) -> bool:
    """Have the service `change` bring the row to those values that it does not have yet; whether there were any."""
    changed = differing(row, values)
    if changed:
        change(**changed)
    return bool(changed)


def by_key(rows: Iterable[RowT], key: str) -> dict[str, list[RowT]]:
    """The rows under each value of a natural key; case counts, but for emails."""
    found: dict[str, list[RowT]] = {}
    for row in rows:
        value = getattr(row, key)
        found.setdefault(value.casefold() if key == "email" else value, []).append(row)
    return found

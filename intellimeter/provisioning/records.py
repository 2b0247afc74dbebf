"""Reads objects and lists of a site file against a table of their keys; what is wrong is noted at its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intellimeter.provisioning.kinds import Kind, Refused
from intellimeter.provisioning.problems import Problems

NOTHING: Any = object()


@dataclass(frozen=True)
class Entry(Mapping[str, Any]):
    """The cleaned values that an object of the file gives, and where it stands. What it leaves out is not in here."""

    place: str
    given: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.given[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)

    def at(self, key: str) -> str:
        """The place of one of its values."""
        return _below(self.place, key)

    def only(self, *keys: str) -> dict[str, Any]:
        """Those of the values that it gives."""
        return {key: self.given[key] for key in keys if key in self.given}


@dataclass(frozen=True)
class Record:
    """An object: its keys with their kinds, and those of them that name it and so must be there."""

    keys: "dict[str, Kind | Record | ListOf]"
    named_by: tuple[str, ...] = ()

    def read(self, value: Any, place: str, problems: Problems) -> Any:
        """Its Entry, or NOTHING where the object cannot be told apart."""
        if not isinstance(value, dict):
            problems.add(place or "the file", f"must be an object with {', '.join(self.named_by or self.keys)}.")
            return NOTHING
        for key in value:
            if key not in self.keys:
                problems.add(_below(place, key), f"is not known here; known are {', '.join(self.keys)}.")
        values = {}
        for key, kind in self.keys.items():
            if key in value:
                found = read_value(kind, value[key], _below(place, key), problems)
                if found is not NOTHING:
                    values[key] = found
            elif key in self.named_by:
                problems.add(_below(place, key), "is missing.")
        return Entry(place, values) if all(key in values for key in self.named_by) else NOTHING


@dataclass(frozen=True)
class ListOf:
    """A list of objects or of single values; no two may agree in a `distinct` key (or be the same value)."""

    item: "Kind | Record"
    distinct: tuple[str, ...] = ()
    all_allowed: bool = False

    def read(self, value: Any, place: str, problems: Problems) -> Any:
        """The items that could be read, in order; or "all" where that is allowed and stands instead of a list."""
        if value == "all" and self.all_allowed:
            return value
        if not isinstance(value, list):
            problems.add(place, 'must be a list, or "all".' if self.all_allowed else "must be a list.")
            return NOTHING
        items = []
        seen: dict[Any, str] = {}
        for index, raw in enumerate(value):
            at = f"{place}[{index}]"
            item = read_value(self.item, raw, at, problems)
            if item is not NOTHING:
                items.append(item)
                self._note_doubles(item, at, seen, problems)
        return items

    def _note_doubles(self, item: Any, at: str, seen: dict[Any, str], problems: Problems) -> None:
        if isinstance(item, Entry):
            marks = [(key, item[key], item.at(key)) for key in self.distinct if item.get(key) is not None]
        else:
            marks = [("", item, at)]
        for key, value, place in marks:
            first = seen.setdefault((key, value.casefold() if key == "email" else value), place)
            if first != place:
                problems.add(place, f"{value!r} stands already at {first}.")


def read_value(kind: "Kind | Record | ListOf", raw: Any, place: str, problems: Problems) -> Any:
    """What stands at the place, cleaned; or NOTHING, and why is noted."""
    if isinstance(kind, Record | ListOf):
        return kind.read(raw, place, problems)
    try:
        return kind.read(raw)
    except Refused as refusal:
        problems.add(place, str(refusal))
        return NOTHING


def _below(place: str, key: Any) -> str:
    return f"{place}.{key}" if place else str(key)

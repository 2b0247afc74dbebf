"""A registry of things known by name: formats, parsers, reports (style, point 6)."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Names to things; registering a name twice is a programming error and raises at import."""

    def __init__(self, what: str):
        self.what = what
        self._known: dict[str, T] = {}

    def register(self, name: str) -> Callable[[T], T]:
        def keep(thing: T) -> T:
            if name in self._known:
                raise ValueError(f"The {self.what} {name!r} is registered twice.")
            self._known[name] = thing
            return thing

        return keep

    def __getitem__(self, name: str) -> T:
        return self._known[name]

    def get(self, name: str) -> T | None:
        return self._known.get(name)

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

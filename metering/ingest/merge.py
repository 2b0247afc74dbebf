"""Two reads of the same meter and instant become one, point by point (decisions, section 6)."""

from typing import Any, NamedTuple

from metering.ingest.databases import points_of
from metering.ingest.values import point_of


class Merged(NamedTuple):
    """The read that stands afterwards; whether it says anything that the first did not; and the names that contradicted."""

    register: int | None
    points: str | None
    news: bool
    conflicts: tuple[str, ...]


def merge(
    register: int | None, points: str | None, new_register: int | None, new_points: str | None, *, replace: bool
) -> Merged:
    """What stands (registers in millionths, points as JSON) and what comes later; with `replace` the later value wins."""
    conflicts = []
    news = False
    if new_register is not None and new_register != register:
        if register is None or replace:
            register, news = new_register, True
        else:
            conflicts.append("register")
    if new_points is not None and new_points != points:
        standing = points_of(points)
        for name, value in points_of(new_points).items():
            if name not in standing or (replace and standing[name] != value):
                standing[name], news = value, True
            elif standing[name] != value:
                conflicts.append(name)
        points = _text(standing)
    return Merged(register, points, news, tuple(conflicts))


def _text(points: dict[str, Any]) -> str:
    return "{" + ",".join(f'"{name}":{point_of(points[name], name)}' for name in sorted(points)) + "}"

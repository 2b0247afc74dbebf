"""Two reads of the same meter and instant become one, point by point (decisions, section 6)."""

from typing import Any, NamedTuple

from intellimeter.common.fields import from_millionths
from metering.ingest.databases import points_of, points_order, points_text
from metering.ingest.values import point_of

REGISTER = "register"


class Contradiction(NamedTuple):
    """A point (`register` for the register) whose later value is not the standing one."""

    name: str
    sent: str
    stands: str


class Merged(NamedTuple):
    """The read that stands afterwards; whether the later one says anything new; and what it contradicts."""

    register: int | None
    points: str | None
    news: bool
    conflicts: tuple[Contradiction, ...]


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
            conflicts.append(Contradiction(REGISTER, _plain(new_register), _plain(register)))
    if new_points is not None and new_points != points:
        standing = points_of(points)
        for name, value in points_of(new_points).items():
            if name not in standing or (replace and standing[name] != value):
                standing[name], news = value, True
            elif standing[name] != value:
                conflicts.append(Contradiction(name, str(value), str(standing[name])))
        points = _text(standing)
    return Merged(register, points, news, tuple(conflicts))


def _plain(register: int) -> str:
    return point_of(f"{from_millionths(register):f}", REGISTER)


def _text(points: dict[str, Any]) -> str:
    return points_text(f'"{name}": {point_of(points[name], name)}' for name in sorted(points, key=points_order))

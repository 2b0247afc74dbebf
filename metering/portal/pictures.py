"""A chart's figures: lines over a range, and where asked the same lines over an earlier one, step under step.

What the browser draws, what its table says and what is downloaded are this one picture.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from metering.consumption import Step
from metering.portal.calendar import months_before
from metering.portal.lines import Line, Shown, labels_of, lines_of, parts_of, step_for

DAY = timedelta(days=1)
MONTHS_OF_YEAR = 12
DATE, MONTH = slice(0, 10), slice(0, 7)


class Against(TextChoices):
    """The earlier range that the present one is compared with."""

    PERIOD = "period", _("the period before")
    YEAR = "year", _("a year before")

    def range(self, first: date, last: date) -> tuple[date, date]:
        """As many days right before, or the same days of the year before."""
        if self is Against.PERIOD:
            return first - (last + DAY - first), first - DAY
        return months_before(first, MONTHS_OF_YEAR), months_before(last, MONTHS_OF_YEAR)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line's figures, one for each label and None where nothing was read; `earlier` are those of the earlier range, and
    `stamps` the labels that they had in their own time."""

    shown: Shown
    figures: list[Decimal | None]
    earlier: list[Decimal | None] | None = None
    stamps: list[str | None] | None = None

    def at(self, place: int) -> "Point":
        """What it has at a label."""
        return Point(
            self.figures[place],
            self.earlier[place] if self.earlier else None,
            self.stamps[place] if self.stamps else None,
        )


class Point(NamedTuple):
    """A line's figure at a label; the earlier one that stands under it, and the stamp of that in its own time."""

    figure: Decimal | None
    earlier: Decimal | None
    stamp: str | None


@dataclass(frozen=True, slots=True)
class Picture:
    """`step` is None where the reads themselves are shown."""

    step: Step | None
    labels: list[str]
    lines: list[Drawn]


def picture_of(shown: Sequence[Shown], first: date, last: date, against: Against | None = None) -> Picture:
    """The lines over the local days from `first` to `last`, both whole."""
    parts = parts_of(shown, first, last)
    step = step_for(last + DAY - first, parts)
    lines = lines_of(parts, step)
    if against is None:
        labels = labels_of(step, first, last, lines)
        return Picture(step, labels, [Drawn(line.shown, _under(labels, line.points)) for line in lines])
    begin, end = against.range(first, last)
    before = lines_of(parts_of(shown, begin, end), step)
    move = _mover(against, step, first, begin)
    moved = [{to: stamp for stamp in line.points if (to := move(stamp))} for line in before]
    held = [
        Line(line.shown, {to: line.points[stamp] for to, stamp in stamps.items()})
        for line, stamps in zip(before, moved, strict=True)
    ]
    labels = labels_of(step, first, last, [*lines, *held])
    return Picture(
        step,
        labels,
        [
            Drawn(
                line.shown, _under(labels, line.points), _under(labels, old.points), [stamps.get(one) for one in labels]
            )
            for line, old, stamps in zip(lines, held, moved, strict=True)
        ],
    )


def total(figures: Sequence[Decimal | None]) -> Decimal | None:
    """Of what was read; None where nothing was."""
    read = [figure for figure in figures if figure is not None]
    return sum(read, Decimal(0)) if read else None


def _under(labels: list[str], points: dict[str, Decimal]) -> list[Decimal | None]:
    return [points.get(label) for label in labels]


def _mover(against: Against, step: Step | None, first: date, begin: date) -> Callable[[str], str]:
    """From a label of the earlier range to the one that it stands under; "" for a leap day that the year has not."""
    if against is Against.YEAR:
        return _a_year_later
    if step is Step.MONTH:
        months = (first.year - begin.year) * MONTHS_OF_YEAR + first.month - begin.month
        return lambda label: months_before(date.fromisoformat(f"{label}-01"), -months).isoformat()[MONTH]
    days = first - begin
    return lambda label: (date.fromisoformat(label[DATE]) + days).isoformat() + label[len("YYYY-MM-DD") :]


def _a_year_later(label: str) -> str:
    later = f"{int(label[:4]) + 1:04}{label[4:]}"
    try:
        date.fromisoformat(later[DATE] if len(later) > len("YYYY-MM") else f"{later}-01")
    except ValueError:
        return ""
    return later

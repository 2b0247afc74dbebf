"""Which days a schedule comes due on, and which days a report then covers. Pure: plain dates in, plain dates out."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.enums import Repeat

DAY = timedelta(days=1)
MONTHS = {Repeat.MONTH: 1, Repeat.YEAR: 12}
DAYS = {Repeat.DAY: 1, Repeat.WEEK: 7}


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` up to, and not with, `until`; and, to compare with, those from `before` up to `first`."""

    before: date
    first: date
    until: date

    @property
    def last(self) -> date:
        """The last day that is covered."""
        return self.until - DAY

    @property
    def last_before(self) -> date:
        """The last day of what it is compared with."""
        return self.first - DAY


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Due dates counted from `start` by `period` × `repeat`; a month that lacks the day is due on its last."""

    start: date
    repeat: Repeat
    period: int
    end: date | None = None

    def due(self, number: int) -> date:
        """The due date of that number: 0 is the start; those before it, which never come due, say what came before."""
        if self.repeat in DAYS:
            return self.start + timedelta(days=DAYS[self.repeat] * self.period * number)
        return add_months(self.start, MONTHS[self.repeat] * self.period * number)

    def number_by(self, day: date) -> int:
        """The number of the last due date at or before the day, whatever `end` says; below 0 before the start."""
        if self.repeat in DAYS:
            return (day - self.start).days // (DAYS[self.repeat] * self.period)
        between = (day.year - self.start.year) * 12 + day.month - self.start.month
        number = between // (MONTHS[self.repeat] * self.period)
        return number if self.due(number) <= day else number - 1

    def last_due_by(self, day: date) -> date | None:
        """The last day up to this one on which the schedule comes due."""
        if self.repeat is Repeat.NEVER:
            return None
        number = self.number_by(day if self.end is None else min(day, self.end))
        return self.due(number) if number >= 0 else None

    def next_due_after(self, day: date) -> date | None:
        """The first day after this one on which the schedule comes due."""
        if self.repeat is Repeat.NEVER:
            return None
        found = self.due(max(0, self.number_by(day) + 1))
        return found if self.end is None or found <= self.end else None

    def span_of(self, due: date) -> Span:
        """What the report of a due date covers: the time since the due date before it, compared with the one before that."""
        number = self.number_by(due)
        return Span(self.due(number - 2), self.due(number - 1), due)

    def span_on(self, day: date) -> Span:
        """What a report covers that somebody asks for on a day: the whole days since the last due date before it.

        Before the first due date, and for what never comes due, it is the length of time that the repeat says (a month for
        `never`), and so is what it is compared with.
        """
        rhythm = Rhythm(day, Repeat.MONTH, 1) if self.repeat is Repeat.NEVER else self
        number = rhythm.number_by(day - DAY)
        if rhythm is not self or number < 0:
            rhythm = Rhythm(day, rhythm.repeat, rhythm.period)
            return rhythm.span_of(day)
        first = rhythm.due(number)
        return Span(first - (day - first), first, day)


def add_months(day: date, months: int) -> date:
    """The same day so many months on (or back); the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

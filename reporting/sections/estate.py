"""What a report is about: some properties, some days, and what was used. Sections ask it; it asks metering.consumption."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from metering.consumption import (
    Reading,
    counted_meters,
    properties_by_day,
    properties_by_month,
    readings,
    suites_total,
)
from metering.enums import Utility
from metering.models import Meter, MeterSuite, Property, Suite
from reporting.schedules.calendar import DAY, Span, add_months

MONTHS = 12
Days = dict[date, Decimal]


@dataclass(frozen=True, slots=True)
class Use:
    """What one property or suite used of one utility in the period and in the one before; None where it was not read.

    `marked` where it rests on incomplete reads.
    """

    name: str
    owner: Property
    utility: Utility
    now: Decimal | None
    before: Decimal | None
    marked: bool = False

    @property
    def change(self) -> Decimal | None:
        """The change as a part of what it was before; None where there is nothing to compare."""
        return change(self.now, self.before)


@dataclass(frozen=True)
class Estate:
    """The properties of a report, by name, and its days. Every figure is asked for once, when it is first needed."""

    properties: Sequence[Property]
    span: Span

    @cached_property
    def meters(self) -> list[Meter]:
        """All meters of the properties."""
        return list(Meter.objects.filter(property__in=self.properties).order_by("name", "pk"))

    @cached_property
    def utilities(self) -> list[Utility]:
        """Those that there are meters of, in the usual order."""
        found = {meter.utility for meter in self.meters}
        return [utility for utility in Utility if utility in found]

    @cached_property
    def _by_day(self) -> dict[tuple[int, Utility], Days]:
        return properties_by_day(self.meters, self.span.before, self.span.until)

    @cached_property
    def _by_month(self) -> dict[tuple[int, Utility], Days]:
        return properties_by_month(self.meters, self.months[0], add_months(self.months[-1], 1))

    @cached_property
    def readings(self) -> dict[int, Reading]:
        """How each meter was read in the period, by primary key."""
        return readings([meter.pk for meter in self.meters], self.span.first, self.span.until)

    @cached_property
    def days(self) -> list[date]:
        """Those of the period."""
        return days_between(self.span.first, self.span.until)

    @cached_property
    def months(self) -> list[date]:
        """The twelve calendar months that end with that of the last day, by their first days."""
        last = self.span.last.replace(day=1)
        return [add_months(last, number - MONTHS + 1) for number in range(MONTHS)]

    def with_meters(self, utility: Utility) -> list[Property]:
        """The properties that have meters of the utility, by name."""
        measured = {meter.property_id for meter in self.meters if meter.utility == utility}
        return [owner for owner in self.properties if owner.pk in measured]

    def was_used(self, utility: Utility) -> bool:
        """Whether any meter of the utility was read in the period."""
        return any(self.in_days(owner, utility) for owner in self.with_meters(utility))

    def in_days(self, owner: Property, utility: Utility) -> Days:
        """What the property used on each day of the period with a read."""
        found = self._by_day.get((owner.pk, utility), {})
        return {day: used for day, used in found.items() if day >= self.span.first}

    def all_days(self, utility: Utility) -> Days:
        """What all the properties used on each day of the period and of the one before; days without a read are missing."""
        return added(self._by_day.get((owner.pk, utility), {}) for owner in self.with_meters(utility))

    def in_months(self, owner: Property, utility: Utility) -> Days:
        """What the property used in each of the months, but those without a read; of the last, up to the period's end."""
        found = dict(self._by_month.get((owner.pk, utility), {}))
        last = self.months[-1]
        if add_months(last, 1) > self.span.until and last in found:
            found[last] = sum(self._last_month.get((owner.pk, utility), {}).values(), Decimal(0))
        return found

    @cached_property
    def _last_month(self) -> dict[tuple[int, Utility], Days]:
        """Of a month that goes on after the period: its days up to the period's end."""
        return properties_by_day(self.meters, self.months[-1], self.span.until)

    def use_of(self, owner: Property, utility: Utility) -> Use:
        """The property's use."""
        found = self._by_day.get((owner.pk, utility), {})
        now = [used for day, used in found.items() if day >= self.span.first]
        before = [used for day, used in found.items() if day < self.span.first]
        marked = self.is_marked(owner, utility)
        return Use(owner.display_name, owner, utility, _sum(now), _sum(before), marked)

    def uses(self, utility: Utility) -> list[Use]:
        """Of each property that has meters of the utility, by name."""
        return [self.use_of(owner, utility) for owner in self.with_meters(utility)]

    @cached_property
    def _suites(self) -> list[Use]:
        now = suites_total(self.properties, self.span.first, self.span.until)
        before = suites_total(self.properties, self.span.before, self.span.first)
        owners = {owner.pk: owner for owner in self.properties}
        served = MeterSuite.objects.filter(suite__in=now, meter__in=self.incomplete)
        marked = {(row.suite_id, row.meter.utility) for row in served.select_related("meter")}
        return [
            Use(
                suite.name,
                owners[suite.property_id],
                utility,
                used,
                before.get(suite.pk, {}).get(utility),
                (suite.pk, utility) in marked,
            )
            for suite in Suite.objects.filter(pk__in=now).order_by("name", "pk")
            for utility, used in now[suite.pk].items()
        ]

    def suite_uses(self, utility: Utility) -> list[Use]:
        """Of each suite that was read, by name."""
        return [use for use in self._suites if use.utility == utility]

    @cached_property
    def incomplete(self) -> dict[int, str]:
        """What is incomplete of meters, by primary key: days without a read, or registers that look wrong."""
        notes = {meter.pk: self._note(meter) for meter in self.meters}
        return {meter: note for meter, note in notes.items() if note}

    def _note(self, meter: Meter) -> str:
        reading = self.readings.get(meter.pk)
        if reading is None:
            return "no read in the period"
        said = []
        if missing := len(self.days) - reading.days:
            said.append(f"no read on {missing:,} of {len(self.days):,} days")
        if reading.flagged:
            said.append(
                "1 register for review" if reading.flagged == 1 else f"{reading.flagged:,} registers for review"
            )
        return ", ".join(said)

    @cached_property
    def _marked(self) -> set[tuple[int, str]]:
        return {
            (meter.property_id, meter.utility) for meter in counted_meters(self.meters) if meter.pk in self.incomplete
        }

    def is_marked(self, owner: Property, utility: Utility) -> bool:
        """Whether the property's use of the utility rests on incomplete reads."""
        return (owner.pk, utility) in self._marked


def days_between(first: date, until: date) -> list[date]:
    """The days from the first up to, and not with, the other."""
    return [first + timedelta(days=number) for number in range((until - first) // DAY)]


def names_of(utility: Utility) -> str:
    """`Electricity (kWh)`."""
    return f"{utility.label} ({utility.unit_label})"


def change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """The change as a part of what it was before; None where there is nothing to compare."""
    return (now - before) / before if now is not None and before else None


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what there is; None where there is nothing at all."""
    return _sum([value for value in values if value is not None])


def _sum(values: list[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) if values else None


def added(each: Iterable[Days]) -> Days:
    """Day by day, or month by month, the sum over several."""
    found: Days = {}
    for days in each:
        for day, used in days.items():
            found[day] = found.get(day, Decimal(0)) + used
    return found

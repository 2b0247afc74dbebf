"""What the bills of a property's period rest on: who consumed how much, at which registers (decisions, section 7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from billing.enums import InvoiceType
from billing.models import Constants
from billing.periods import Period, first_of_month, months_before
from billing.pricing import UtilityCharge, metered_charges, split_charges
from intellimeter.common.local_time import day_start, local_stamp
from metering import consumption
from metering.consumption import RegisterAt, Served, SuiteMeterUse
from metering.enums import Utility
from metering.models import Property, Suite

MONTHS_SHOWN = 13
NO_METERS = 0

Charges = Mapping[int, tuple[UtilityCharge, ...]]


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """A period's charges by suite, reckoned in each way that its services ask for, and the meters' use behind them."""

    metered: Charges
    split: Charges
    meters: Mapping[int, list[SuiteMeterUse]]

    def charges(self, invoice_type: str, suite_id: int) -> tuple[UtilityCharge, ...]:
        """The utility charges of the suite by a service of that type."""
        if invoice_type == InvoiceType.FLAT:
            return ()
        by_suite = self.split if invoice_type == InvoiceType.SPLIT else self.metered
        return by_suite.get(suite_id, ())


def read_served(*, property: Property, periods: Iterable[Period], zone: ZoneInfo) -> list[Served]:
    """Which meters served which suites in the periods and in the months before them that are shown."""
    first = min(months_before(period.last_day, MONTHS_SHOWN)[0] for period in periods)
    last = max(period.end for period in periods)
    return consumption.served_within(property, day_start(first, zone), day_start(first_of_month(last, 1), zone))


def read_figures(
    *,
    property: Property,
    period: Period,
    zone: ZoneInfo,
    types: set[str],
    constants: Constants,
    served: Sequence[Served],
) -> PeriodFigures:
    """The figures of one period for services of these types; a constant number of queries however many suites."""
    if types == {InvoiceType.FLAT}:
        return PeriodFigures({}, {}, {})
    start, end = period.instants(zone)
    meters = consumption.suite_use(property, start, end, served=served)
    by_suite = {suite_id: _by_utility(uses) for suite_id, uses in meters.items()}
    rates: dict[str, Decimal] = {utility: constants.rate_of(utility) for utility in Utility}
    metered = {suite: metered_charges(consumption=use, rates=rates) for suite, use in by_suite.items()}
    split: Charges = {}
    if InvoiceType.SPLIT in types:
        pks = dict(Suite.objects.filter(property=property).values_list("public_id", "pk"))
        shares = split_charges(
            total={str(utility): used for utility, used in consumption.property_use(property, start, end).items()},
            suites={public_id: by_suite.get(pk, {}) for public_id, pk in pks.items()},
            rates=rates,
        )
        split = {pks[public_id]: charges for public_id, charges in shares.items()}
    return PeriodFigures(metered, split, meters)


def _by_utility(uses: Iterable[SuiteMeterUse]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for one in uses:
        found[one.meter.utility] = found.get(one.meter.utility, Decimal(0)) + one.use.consumption
    return found


stamp = lru_cache(maxsize=4096)(local_stamp)  # the bounds of a period are those of all its meters


def basis(uses: Iterable[SuiteMeterUse], utility: str, zone: ZoneInfo) -> list[dict[str, Any]]:
    """The suite's meters of a utility with their registers, as `InvoiceLine.basis` keeps them."""
    return [
        {
            "name": one.meter.name,
            "serial_number": one.meter.serial_number,
            "start": stamp(one.start, zone),
            "end": stamp(one.end, zone),
            **_register("start", one.use.start, zone),
            **_register("end", one.use.end, zone),
            "consumption": str(one.use.consumption),
            "reads": one.use.reads,
            "flagged": one.use.flagged,
        }
        for one in uses
        if one.meter.utility == utility
    ]


def _register(name: str, at: RegisterAt | None, zone: ZoneInfo) -> dict[str, str | None]:
    return {
        f"{name}_register": None if at is None else str(at.register),
        f"{name}_time": None if at is None else stamp(at.time, zone),
    }


def read_usage(
    *, property: Property, periods: Iterable[Period], served: Sequence[Served]
) -> dict[date, dict[int, list[dict[str, Any]]]]:
    """By the last day of each period and by suite: the suite's use of the 13 months that end with that day's.

    `NO_METERS` stands for any suite that no meter served in all those months.
    """
    spans = {period.last_day: months_before(period.last_day, MONTHS_SHOWN) for period in periods}
    months = sorted({month for span in spans.values() for month in span})
    unused = {month: {"month": f"{month:%Y-%m}", "use": {}} for month in months}
    by_suite = {
        suite: {month: _month_of_usage(unused[month]["month"], use) for month, use in used.items()}
        for suite, used in consumption.monthly_suite_use(property, months, served=served).items()
    }
    return {
        day: {
            suite: [used.get(month) or unused[month] for month in span]
            for suite, used in {NO_METERS: {}, **by_suite}.items()
        }
        for day, span in spans.items()
    }


def _month_of_usage(label: Any, use: Mapping[Utility, Decimal]) -> dict[str, Any]:
    return {"month": label, "use": {utility: str(amount) for utility, amount in use.items()}}

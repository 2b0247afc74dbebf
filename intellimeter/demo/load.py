"""Loads the demo company, and tops it up on a later day: each step does what is still missing, so it can be broken off."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Company
from billing.periods import first_of_month
from intellimeter.common.fields import to_millionths
from intellimeter.common.local_time import HOUR, day_start, zone_of
from intellimeter.demo.bills import bill_past_day, days_to_bill
from intellimeter.demo.buildings import PROPERTIES, DemoProperty
from intellimeter.demo.reads import Span, Standing, reads_of
from intellimeter.demo.site import COMPANY, demo_site
from intellimeter.provisioning import provision
from metering.ingest import ingest
from metering.models import LatestRead, Property

MONTHS = 13
MILLIONTHS_A_THOUSANDTH = 1_000
Progress = Callable[[int], object]


@dataclass(frozen=True)
class Loading:
    """One property that is being loaded. `first_day` is the local day on which the demo was made."""

    demo: DemoProperty
    building: Property
    first_day: date
    now: datetime

    @property
    def since(self) -> date:
        """The day on which the reads begin: so many whole months before the month of the demo's first day."""
        return first_of_month(self.first_day, -MONTHS)

    def span(self) -> Span:
        zone = zone_of(self.building.timezone)
        return Span(day_start(self.since, zone), day_start(self.first_day, zone), self.now)


def prepare(*, now: datetime) -> list[Loading]:
    """The company with its people, buildings and tariffs, and its properties ready to be loaded up to `now`."""
    provision(demo_site())
    company = Company.objects.get(name=COMPANY)
    properties = {property.job_number: property for property in Property.objects.filter(company=company)}
    return [
        Loading(demo, properties[demo.job_number], company.created.astimezone(zone_of(demo.timezone)).date(), now)
        for demo in PROPERTIES
    ]


def load_reads(loading: Loading, *, progress: Progress | None = None) -> int:
    """Ingest the property's reads that are missing up to now; how many were new."""
    standings = _standings(loading)
    span = loading.span()
    behind = min(standing.read or span.start for standing in standings.values())
    span = Span(max(span.start, behind), span.today, span.until)
    result = ingest(
        property=loading.building, rows=reads_of(loading.demo, standings, span), now=loading.now, progress=progress
    )
    return result.accepted


def reads_missing(loading: Loading) -> int:
    """About how many reads `load_reads` will store; for a progress bar."""
    span = loading.span()
    latest = LatestRead.objects.filter(meter__property=loading.building).values_list("time", flat=True)
    return sum(max(0, (loading.now - (time or span.start)) // HOUR) for time in latest)


def bill_history(loadings: list[Loading]) -> Iterator[int]:
    """Issue the missing invoices of the past, oldest first, so that their numbers follow their dates; yields how many.

    Those of each property's newest billing day are mailed by the worker, like any; older ones count as mailed long ago.
    """
    due = []
    for loading in loadings:
        days = days_to_bill(loading.building, loading.demo.day_of_month, since=loading.since, now=loading.now)
        due += [(at, loading, at != days[-1]) for at in days]
    for at, loading, mailed in sorted(due, key=lambda one: one[0]):
        yield bill_past_day(property=loading.building, at=at, now=loading.now, mailed=mailed)


def _standings(loading: Loading) -> dict[str, Standing]:
    latest = {
        row.meter.serial_number: row
        for row in LatestRead.objects.filter(meter__property=loading.building).select_related("meter")
    }
    standings = {}
    for meter in loading.demo.meters:
        row = latest[meter.serial_number]
        if row.time is None or row.chain_register is None:
            standings[meter.serial_number] = Standing(meter.first_register, None)
        else:
            register = to_millionths(row.chain_register) // MILLIONTHS_A_THOUSANDTH
            standings[meter.serial_number] = Standing(register, row.time)
    return standings

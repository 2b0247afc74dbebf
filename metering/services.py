"""Making and changing properties, suites and meters, and which suite a meter serves (decisions, section 6).

Every function is one use case in one transaction. They raise DomainError: 400 with the fields at fault, 409 (`Conflict`)
where the state of things stands in the way.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone as clock

from accounts.models import Company
from intellimeter.common.errors import Conflict
from metering.enums import Utility
from metering.ingest import rebuild
from metering.models import LatestRead, Meter, MeterSuite, Property, Suite
from metering.storing import Row, invalid, stored

MOST_REGISTER = Decimal(10) ** 12


@transaction.atomic
def create_property(
    *,
    company: Company,
    job_number: str,
    job_name: str,
    display_name: str,
    address: str = "",
    timezone: str = "America/Toronto",
) -> Property:
    """A new property of the company; its job number is the company's only one."""
    property = Property(
        company=company,
        job_number=job_number,
        job_name=job_name,
        display_name=display_name,
        address=address,
        timezone=timezone,
    )
    return stored(property)


@transaction.atomic
def update_property(*, property: Property, **changes: Any) -> Property:
    """Change job_number, job_name, display_name, address or timezone.

    Another time zone makes other days and hours, so intervals and rollups of all its meters are built anew.
    """
    zone_before = property.timezone
    _changed(property, changes, "job_number job_name display_name address timezone")
    if property.timezone != zone_before:
        rebuild(list(property.meters.values_list("pk", flat=True)))
    return property


@transaction.atomic
def create_suite(*, property: Property, name: str) -> Suite:
    """A new suite; its name is the property's only one."""
    return stored(Suite(property=property, name=name))


@transaction.atomic
def update_suite(*, suite: Suite, **changes: Any) -> Suite:
    """Change the suite's name."""
    return _changed(suite, changes, "name")


@transaction.atomic
def create_meter(
    *,
    property: Property,
    serial_number: str,
    name: str,
    utility: Utility,
    general: bool = False,
    floor: str | None = None,
    panel: str | None = None,
    register_max: Decimal | None = None,
    suite: Suite | None = None,
) -> Meter:
    """A new meter with the row of its latest read, which ingest locks; with a suite, it serves it from the beginning."""
    meter = Meter(
        property=property,
        serial_number=serial_number,
        name=name,
        utility=utility,
        general=general,
        floor=floor,
        panel=panel,
        register_max=register_max,
    )
    _check_register_max(register_max)
    stored(meter)
    LatestRead.objects.create(meter=meter)
    if suite is not None:
        assign_suite(meter=meter, suite=suite)
    return meter


@transaction.atomic
def update_meter(*, meter: Meter, now: datetime | None = None, **changes: Any) -> Meter:
    """Change serial_number, name, utility, general, floor, panel, register_max or suite (None: none from now on).

    Another register_max judges every register anew, so the meter's intervals and rollups are built anew. A meter becomes
    general only once it serves no suite.
    """
    _lock(meter)
    moves = "suite" in changes
    suite = changes.pop("suite", None)
    most_before = meter.register_max
    _check_register_max(changes.get("register_max"))
    _changed(meter, changes, "serial_number name utility general floor panel register_max")
    if moves:
        assign_suite(meter=meter, suite=suite, now=now)
    if meter.general and (serving := meter.assignments.filter(end=None).select_related("suite").first()):
        raise Conflict(
            f"{meter.name} serves {serving.suite.name}; a general meter belongs to no suite. End that first."
        )
    if meter.register_max != most_before:
        rebuild([meter.pk])
    return meter


@transaction.atomic
def assign_suite(*, meter: Meter, suite: Suite | None, now: datetime | None = None) -> None:
    """Let the meter serve the suite, or none.

    The first assignment counts from the beginning. A later one counts from `now` on (UTC; the present by default), so
    consumption before it stays with the suite that the meter was in.
    """
    _lock(meter)
    if suite is not None and suite.property_id != meter.property_id:
        raise invalid({"suite": ["There is no such suite in the meter's property."]})
    if suite is not None and meter.general:
        raise Conflict(f"{meter.name} is a general meter, and general meters belong to no suite.")
    now = now or clock.now()
    current = meter.assignments.filter(end=None).first()
    if current is not None and suite is not None and current.suite_id == suite.pk:
        return
    if current is not None:
        _end(current, now)
    if suite is not None:
        first = not meter.assignments.exists()
        MeterSuite.objects.create(meter=meter, suite=suite, start=None if first else now)


def _end(assignment: MeterSuite, now: datetime) -> None:
    """One that has not begun before `now` has measured nothing, and goes."""
    if assignment.start is not None and assignment.start >= now:
        assignment.delete()
        return
    assignment.end = now
    assignment.save(update_fields=["end"])


def _lock(meter: Meter) -> None:
    """Let no other change of the same meter run between what is read here and what is written."""
    Meter.objects.select_for_update().filter(pk=meter.pk).values_list("pk").first()


def _check_register_max(value: Decimal | None) -> None:
    if value is not None and not 0 < value <= MOST_REGISTER:
        raise invalid({"register_max": ["Must be more than 0 and at most 10^12: where the register returns to 0."]})


def _changed(row: Row, changes: dict[str, Any], allowed: str) -> Row:
    if unknown := set(changes) - set(allowed.split()):
        raise TypeError(f"{type(row).__name__} has no {', '.join(sorted(unknown))} to change.")
    for name, value in changes.items():
        setattr(row, name, value)
    return stored(row)

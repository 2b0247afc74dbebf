"""Read cycles: all reads of a property at one instant, closed when each meter has reported, or two minutes after the first
did (decisions, section 9; ADR 12).

A cycle's row is written in the transaction that stores its reads, and its deliveries in the one that closes it; so a process
that dies leaves either all of it or nothing.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from fileupload.deliveries import ring
from fileupload.models import Cycle, Delivery, Destination
from metering.models import Property, Read
from metering.signals import StoredReads

PATIENCE = timedelta(minutes=2)
OLDEST = timedelta(hours=24)
RETRIED_FOR = timedelta(hours=24)
KEPT_FOR = timedelta(days=90)
CLOSED_AT_ONCE = 500


def note_reads(reads: StoredReads, now: datetime) -> None:
    """Open the cycles of reads that came in, and close those that are complete by them. Called while they are being stored.

    Of a property without a destination nothing is kept: that costs one look. Others that store reads of the same cycle wait at
    its row, so the last of them sees all that the others stored.
    """
    if not Destination.objects.filter(property=reads.property).exists():
        return
    instants = reads.since(now - OLDEST)
    if not instants:
        return
    Cycle.objects.bulk_create(
        [Cycle(property=reads.property, time=time, deadline=now + PATIENCE) for time in instants],
        ignore_conflicts=True,
        batch_size=1000,
    )
    held = Cycle.objects.select_for_update().filter(
        property=reads.property, closed=None, time__gte=min(instants), time__lte=max(instants)
    )
    open_cycles = [cycle for cycle in held.order_by("time") if cycle.time in instants]
    whole = {time for time, meters in instants.items() if len(meters) == reads.meters}
    partial = [cycle.time for cycle in open_cycles if cycle.time not in whole]
    if partial and reads.meters > 1:
        whole |= _complete(reads.property, partial, reads.meters)
    _close([cycle for cycle in open_cycles if cycle.time in whole], now)


def close_overdue(now: datetime) -> int:
    """Close the cycles that have waited long enough for meters that did not report; how many those were."""
    with transaction.atomic():
        overdue = Cycle.objects.select_for_update().filter(closed=None, deadline__lte=now)
        cycles = list(overdue.order_by("property_id", "time")[:CLOSED_AT_ONCE])
        _close(cycles, now)
    return len(cycles)


def forget(now: datetime) -> None:
    """Delete the cycles, and with them the deliveries, of long ago."""
    Cycle.objects.filter(time__lt=now - KEPT_FOR).delete()


def _complete(property: Property, times: Collection[datetime], meters: int) -> set[datetime]:
    """The instants at which every meter of the property has a read."""
    counted = Read.objects.filter(meter__in=property.meters.all(), time__in=times).values("time")
    return set(counted.annotate(number=Count("meter_id")).filter(number=meters).values_list("time", flat=True))


def _close(cycles: list[Cycle], now: datetime) -> None:
    """Close open cycles, which the caller holds, with a delivery for each destination that their properties have."""
    if not cycles:
        return
    Cycle.objects.filter(pk__in=[cycle.pk for cycle in cycles]).update(closed=now)
    destinations: dict[int, list[int]] = {}
    # Held, since one that were disabled meanwhile would take the reads that are being stored back with it
    held = Destination.objects.select_for_update(no_key=True).order_by("pk")
    concerned = held.filter(property__in={cycle.property_id for cycle in cycles})
    taking = set()
    for pk, property_id, failures in concerned.values_list("pk", "property_id", "failures"):
        destinations.setdefault(property_id, []).append(pk)
        if not failures:
            taking.add(pk)  # those that refused are tried by the sweep alone, a few at once
    Delivery.objects.bulk_create(
        [
            Delivery(destination_id=pk, cycle=cycle, created=now, give_up=now + RETRIED_FOR)
            for cycle in cycles
            for pk in destinations.get(cycle.property_id, [])
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )
    ring(taking)

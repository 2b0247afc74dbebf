"""Who delivers, in which order, and when it is tried again (decisions, section 9; ADR 12).

A worker takes a destination, not a delivery: by one conditional UPDATE that gives it a lease. So a destination's files go out
one after the other, the oldest cycle first, and one destination's trouble is nobody else's. What one that dies has taken is
taken again when the lease ends. A destination that refuses is left alone for a growing pause.
"""

import random
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from fileupload.attempts import Attempt, attempt
from fileupload.enums import Status
from fileupload.models import Delivery, Destination
from fileupload.parcels import parcel_of
from fileupload.transports import TOTAL_SECONDS

LEASE = timedelta(seconds=TOTAL_SECONDS * 3)
TURN_SECONDS = 20.0
"""How long a destination with a backlog goes on before others have a turn."""
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 60, 120, 300, 600, 900))
JITTER = 0.25
RETRIES_AT_ONCE = 6
"""How many destinations that refused are tried at once: fewer than a worker has slots, so that dead ones, however many, leave
slots to the living."""
RUNG_AT_ONCE = 1000


def ring(destination_ids: Iterable[int]) -> None:
    """Once the transaction is committed, have workers look after the destinations; a broker that does not answer takes nothing
    back, since the sweep finds what waits."""
    from fileupload.tasks import deliver_to

    def after_commit() -> None:
        for pk in sorted(destination_ids):
            deliver_to.delay(pk)

    transaction.on_commit(after_commit, robust=True)


def due_destinations(now: datetime) -> list[int]:
    """The destinations to be rung for, the longest due first."""
    due = Destination.objects.filter(_due(now))
    healthy = due.filter(failures=0).values_list("pk", flat=True)
    busy = Destination.objects.filter(failures__gt=0, lease_until__gt=now).count()
    refusing = due.filter(failures__gt=0).order_by("next_attempt").values_list("pk", flat=True)
    return [*healthy[:RUNG_AT_ONCE], *refusing[: max(0, RETRIES_AT_ONCE - busy)]]


def deliver(destination_id: int) -> bool:
    """Send what waits for the destination, oldest cycle first, until it refuses or its turn is over; whether more can be sent
    at once. Nothing is sent if another worker has it, or if it is being left alone."""
    claim = uuid.uuid4().hex
    now = timezone.now()
    this = Destination.objects.filter(pk=destination_id)
    if not this.filter(_due(now)).update(claim=claim, lease_until=now + LEASE):
        return False
    end = monotonic() + TURN_SECONDS
    try:
        while _send_oldest(destination_id, claim) and monotonic() < end:
            pass
    finally:
        this.filter(claim=claim).update(claim="", lease_until=None)
    return this.filter(_due(timezone.now())).exists()


def pause_after(failures: int) -> timedelta:
    """How long to leave a destination alone that refused so often in a row; never quite the same for two."""
    pause = PAUSES[min(failures, len(PAUSES)) - 1]
    return pause * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads load, guards nothing


def _due(now: datetime) -> Q:
    """Of destinations: something waits for them, no worker has them, and they are not being left alone."""
    waiting = Delivery.objects.filter(destination=OuterRef("pk"), status=Status.WAITING)
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    return Q(Exists(waiting)) & free & (Q(next_attempt=None) | Q(next_attempt__lte=now))


def _send_oldest(destination_id: int, claim: str) -> bool:
    """One attempt at the oldest waiting delivery; whether to go on with the next."""
    now = timezone.now()
    waiting = Delivery.objects.filter(destination=destination_id, status=Status.WAITING)
    delivery = waiting.select_related("cycle__property", "destination").order_by("cycle__time", "pk").first()
    if delivery is None or not _begin(delivery, claim, now):
        return False
    made = attempt(delivery.destination, lambda file_type: parcel_of(delivery, file_type))
    _note(delivery, claim, made)
    return made.outcome.taken


@transaction.atomic
def _begin(delivery: Delivery, claim: str, now: datetime) -> bool:
    """Count the attempt, with a fresh lease; False if the destination is not ours any more."""
    ours = Destination.objects.filter(pk=delivery.destination_id, claim=claim)
    if not ours.update(lease_until=now + LEASE):
        return False
    Delivery.objects.filter(pk=delivery.pk).update(
        attempts=F("attempts") + 1, first_attempt=Coalesce(F("first_attempt"), now), last_attempt=now
    )
    return True


@transaction.atomic
def _note(delivery: Delivery, claim: str, made: Attempt) -> None:
    """Keep what became of the attempt, and when the destination is tried again.

    A refusal speaks for all that waits there: what is past its time is given up with it, tried by itself or not. So a
    destination that is dead for good does not gather deliveries without end.
    """
    now = timezone.now()
    ours = Destination.objects.filter(pk=delivery.destination_id, claim=claim)
    told = Delivery.objects.filter(pk=delivery.pk)
    outcome, size = made.outcome, len(made.parcel.content) if made.parcel else None
    told.update(code=outcome.code, answer=outcome.answer, problem=outcome.problem, size=size, duration=made.duration)
    if outcome.taken:
        told.update(status=Status.SENT, sent=now)
        ours.update(failures=0, next_attempt=None)
        return
    for destination in ours.select_for_update(no_key=True):
        destination.failures += 1
        destination.next_attempt = now + pause_after(destination.failures)
        destination.save(update_fields=["failures", "next_attempt"])
    waiting = Delivery.objects.filter(destination=delivery.destination_id, status=Status.WAITING)
    waiting.filter(give_up__lte=now).update(status=Status.FAILED)

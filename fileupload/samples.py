"""Samples: a file of the newest reads that tries a destination, on request (ADR 12).

An attempt may take half a minute, so no web process makes it: asking writes a row, the worker of uploads sends the file, and
whoever asked looks at the row. A sample is no delivery: it is sent once or not at all, and kept for its result alone.
"""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fileupload.attempts import attempt
from fileupload.models import Destination, Sample
from fileupload.parcels import sample_of
from fileupload.transports import TOTAL_SECONDS, Parcel

TAKEN_WITHIN = timedelta(minutes=2)
REPORTED_WITHIN = timedelta(seconds=TOTAL_SECONDS * 1.5)
SENT_AT_ONCE = 3
"""How many samples are under way at once: together with the destinations that refused, fewer than a worker has slots.
Workers that begin in the same moment may make it one more."""
KEPT_FOR = timedelta(days=7)


@transaction.atomic
def ask(*, destination: Destination, now: datetime) -> Sample:
    """Have a sample sent; one that is under way already is answered instead, however often it is asked for."""
    from fileupload.tasks import send_sample

    held = Destination.objects.select_for_update(no_key=True).get(pk=destination.pk)
    found: Sample | None = held.samples.filter(_under_way(now)).first()
    if found is None:
        found = Sample.objects.create(destination=held, created=now)
        sample_id = found.pk
        transaction.on_commit(lambda: send_sample.delay(sample_id), robust=True)
    return found


def send(sample_id: int) -> None:
    """Send the sample, unless another worker does, nobody waits for it any more, or enough others are under way: then the sweep
    rings again."""
    now = timezone.now()
    started = Sample.objects.filter(_under_way(now)).exclude(started=None)
    this = Sample.objects.filter(_waiting(now), pk=sample_id)
    if started.count() >= SENT_AT_ONCE or not this.update(started=now):
        return
    sample = Sample.objects.select_related("destination__property").get(pk=sample_id)
    made = attempt(sample.destination, lambda file_type: _parcel(sample, file_type, now))
    Sample.objects.filter(pk=sample_id).update(
        finished=timezone.now(),
        taken=made.outcome.taken,
        code=made.outcome.code,
        answer=made.outcome.answer,
        problem=made.outcome.problem,
        file_name=made.parcel.name if made.parcel else "",
        size=len(made.parcel.content) if made.parcel else None,
        duration=made.duration,
    )


def waiting(now: datetime) -> list[int]:
    """The samples to be rung for, the oldest first."""
    return list(Sample.objects.filter(_waiting(now)).order_by("pk").values_list("pk", flat=True)[:SENT_AT_ONCE])


def goes_on(sample: Sample, now: datetime) -> bool:
    """Whether its result may still come. It does not where no worker runs, or the one that had it died."""
    if sample.finished is not None:
        return False
    if sample.started is None:
        return now < sample.created + TAKEN_WITHIN
    return now < sample.started + REPORTED_WITHIN


def forget(now: datetime) -> None:
    """Delete the samples of long ago."""
    Sample.objects.filter(created__lt=now - KEPT_FOR).delete()


def _waiting(now: datetime) -> Q:
    return Q(started=None, created__gt=now - TAKEN_WITHIN)


def _under_way(now: datetime) -> Q:
    """`goes_on`, as the database has it."""
    return Q(finished=None) & (_waiting(now) | Q(started__gt=now - REPORTED_WITHIN))


def _parcel(sample: Sample, file_type: str, now: datetime) -> Parcel:
    return sample_of(sample.destination.property, file_type, f"test-{uuid.uuid4()}", now)

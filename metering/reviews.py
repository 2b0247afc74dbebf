"""Reads for review: outliers and resets that ingest flagged, and which of them a person has looked at (decisions, section 6).

A review is a note beside a read. It changes no figure and no flag, and holds only while the read is what was looked at.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet, Subquery

from accounts.audit import record_created
from accounts.models import User
from intellimeter.common.errors import DomainError
from intellimeter.common.storing import insert_objects
from metering.enums import FOR_REVIEW
from metering.models import Meter, Read, ReadReview

LONGEST_NOTE = 500


class _IsForReview(Func):
    """The condition of the index `reads_for_review`, figures and all: SQLite uses it for the very same words alone."""

    template = f"%(expressions)s IN ({', '.join(str(int(flag)) for flag in FOR_REVIEW)})"
    output_field = BooleanField()


def flagged(meters: QuerySet[Meter]) -> QuerySet[Any]:
    """The flagged reads (`Read`) of the meters, newest first, each with `review`: the key of the review that settles it, null
    while it is open.

    The meters are a condition and no join, so that the index of flagged reads is what is walked, never all reads.
    """
    settled = ReadReview.objects.filter(
        meter=OuterRef("meter_id"), time=OuterRef("time"), register=OuterRef("register"), flag=OuterRef("flag")
    )
    reads = Read.objects.filter(_IsForReview(F("flag")), Exists(meters.filter(pk=OuterRef("meter_id"))))
    return reads.annotate(review=Subquery(settled.values("pk")[:1])).order_by("-time", "meter_id")


def open_count(meters: QuerySet[Meter]) -> int:
    """How many flagged reads of the meters nobody has looked at."""
    return flagged(meters).filter(review=None).count()


def reviews_of(reads: Iterable[Any]) -> dict[int, ReadReview]:
    """The reviews that settle these of `flagged`, by key, with who made them. One query."""
    keys = [read.review for read in reads if read.review]
    return ReadReview.objects.select_related("user").in_bulk(keys)


@transaction.atomic
def review_reads(*, reads: QuerySet[Any], user: User, note: str = "") -> int:
    """Settle these of `flagged`; those that are settled stay as they are. How many were open."""
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise DomainError(f"A note has at most {LONGEST_NOTE} characters.", fields={"note": ["Too long."]})
    _lock(reads)
    found = list(reads.filter(review=None).select_related("meter"))
    _forget_outdated(found)
    rows = [
        {"meter_id": read.meter_id, "time": read.time, "register": read.register, "flag": read.flag}
        | {"user_id": user.pk, "note": note}
        for read in found
    ]
    made = insert_objects(ReadReview, rows)
    told = [
        (review.pk, f"{read.meter} · {read.time:%Y-%m-%dT%H:%M:%SZ}", _told(read, note))
        for review, read in zip(made, found, strict=True)
    ]
    record_created(ReadReview, told, alike={"user": user})
    return len(made)


@transaction.atomic
def reopen_reads(*, reads: QuerySet[Any]) -> int:
    """Put these of `flagged` back for review. How many were settled."""
    _lock(reads)
    keys = [read.review for read in reads.exclude(review=None)]
    reviews = list(ReadReview.objects.filter(pk__in=keys).select_related("meter"))
    for review in reviews:
        review.delete()
    return len(reviews)


def _told(read: Read, note: str) -> dict[str, Any]:
    return {"meter": read.meter, "time": read.time, "register": read.register, "flag": read.flag, "note": note}


def _lock(reads: QuerySet[Any]) -> None:
    """Let nobody else settle reads of the same meters meanwhile."""
    meters = reads.order_by().values("meter_id").distinct()
    list(
        Meter.objects.select_for_update().filter(pk__in=list(meters.values_list("meter_id", flat=True))).order_by("pk")
    )


def _forget_outdated(reads: list[Read]) -> None:
    """Reviews of what these reads were before."""
    instants = {(read.meter_id, read.time) for read in reads}
    kept = ReadReview.objects.filter(
        meter_id__in={meter for meter, _ in instants}, time__in={time for _, time in instants}
    )
    for review in kept.select_related("meter"):
        if (review.meter_id, review.time) in instants:
            review.delete()

"""Reads that somebody looked at: settled while they are what was seen, without a change to any figure."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intellimeter.common.errors import DomainError
from metering.enums import Flag
from metering.ingest import RawRow, ingest, rebuild
from metering.models import DayRollup, HourRollup, LatestRead, Meter, MonthRollup, Read, ReadReview
from metering.reviews import flagged, open_count, reopen_reads, review_reads
from metering.services import update_property
from tests.factories.accounts import UserFactory
from tests.factories.metering import MeterFactory

REGISTERS = ["100", "0", "110", "5", "20", "900", "30"]  # an outlier, a reset, an outlier


@pytest.fixture
def meter(db) -> Meter:
    meter = MeterFactory()
    report(meter, REGISTERS)
    return meter


@pytest.fixture
def user(meter):
    return UserFactory(company=meter.property.company)


def report(meter, registers, *, replace=False, day=1):
    names = ("serial_number", "time_stamping", meter.units)
    rows = [
        RawRow(number, names, (meter.serial_number, f"2021-03-{number:02}T12:00:00Z", register))
        for number, register in enumerate(registers, day)
    ]
    assert ingest(property=meter.property, rows=rows, replace=replace).rejected == []


def of(meter):
    return flagged(Meter.objects.filter(pk=meter.pk))


def found(meter):
    return [(read.time.day, read.register, Flag(read.flag), read.review is not None) for read in of(meter)]


def figures(meter):
    tables = (Read, HourRollup, DayRollup, MonthRollup, LatestRead)
    return [list(table.objects.filter(meter=meter).order_by("pk").values()) for table in tables]


def test_flagged_reads_are_listed_newest_first(meter):
    MeterFactory(property=meter.property)

    assert found(meter) == [
        (6, Decimal(900), Flag.OUTLIER, False),
        (4, Decimal(5), Flag.RESET, False),
        (2, Decimal(0), Flag.OUTLIER, False),
    ]
    assert open_count(Meter.objects.all()) == 3


def test_review_settles_and_changes_no_figure(meter, user):
    before = figures(meter)

    assert review_reads(reads=of(meter).filter(flag=Flag.OUTLIER), user=user, note=" gateway restarted ") == 2

    assert figures(meter) == before
    assert [settled for *_read, settled in found(meter)] == [True, False, True]
    assert open_count(Meter.objects.all()) == 1
    assert set(ReadReview.objects.values_list("user", "note")) == {(user.pk, "gateway restarted")}


def test_reviewed_twice_keeps_the_first_review(meter, user):
    review_reads(reads=of(meter), user=user, note="first")

    assert review_reads(reads=of(meter), user=user, note="second") == 0
    assert set(ReadReview.objects.values_list("note", flat=True)) == {"first"}


def test_review_is_taken_back(meter, user):
    review_reads(reads=of(meter), user=user)

    assert reopen_reads(reads=of(meter).filter(flag=Flag.RESET)) == 1
    assert [settled for *_read, settled in found(meter)] == [True, False, True]


def test_review_outlives_later_reads_and_a_rebuild(meter, user):
    review_reads(reads=of(meter), user=user)

    report(meter, ["31", "32"], day=8)
    update_property(property=meter.property, timezone="America/St_Johns")
    rebuild([meter.pk])

    assert open_count(Meter.objects.all()) == 0


def test_review_ends_where_the_read_becomes_another(meter, user):
    review_reads(reads=of(meter), user=user)

    report(meter, ["950"], replace=True, day=6)

    assert found(meter)[0] == (6, Decimal(950), Flag.OUTLIER, False)
    assert review_reads(reads=of(meter), user=user) == 1
    assert ReadReview.objects.filter(meter=meter).count() == 3


def test_reviews_are_in_the_audit_log(meter, user):
    review_reads(reads=of(meter).filter(flag=Flag.RESET), user=user, note="meter was replaced")
    reopen_reads(reads=of(meter))

    made, gone = LogEntry.objects.get_for_model(ReadReview).order_by("pk")
    assert (made.action, gone.action) == (LogEntry.Action.CREATE, LogEntry.Action.DELETE)
    assert (
        made.object_repr == gone.object_repr == f"{meter} · {datetime(2021, 3, 4, 12, tzinfo=UTC):%Y-%m-%dT%H:%M:%SZ}"
    )
    assert (made.changes["note"], made.changes["register"]) == ([None, "meter was replaced"], [None, "5.000000"])


def test_note_that_is_too_long_is_refused(meter, user):
    with pytest.raises(DomainError, match="500 characters"):
        review_reads(reads=of(meter), user=user, note="x" * 501)
    assert not ReadReview.objects.exists()


def test_queries_do_not_grow_with_the_reads(meter, user):
    review_reads(reads=of(meter).filter(flag=Flag.OUTLIER), user=user)
    reopen_reads(reads=of(meter))
    with CaptureQueriesContext(connection) as of_one:
        review_reads(reads=of(meter).filter(flag=Flag.RESET), user=user)

    with CaptureQueriesContext(connection) as of_two:
        assert review_reads(reads=of(meter), user=user) == 2

    assert len(of_two) == len(of_one) <= 10

"""Properties, suites, meters and what their meters said (decisions, section 6; design, section 4)."""

import builtins
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Company
from intellimeter.common.fields import MillionthsField
from intellimeter.common.local_time import validate_timezone
from intellimeter.common.public_ids import PublicModel
from metering.enums import FOR_REVIEW, Flag, ImportState, Utility
from metering.querysets import MeterQuerySet, OfPropertyQuerySet, PropertyQuerySet


class Property(PublicModel):
    """A building or site of a company. Its zone decides what a day, a month and an hour are."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="properties")
    job_number = models.CharField(max_length=60)
    job_name = models.CharField(max_length=200)
    display_name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    timezone = models.CharField(max_length=64, default="America/Toronto", validators=[validate_timezone])

    objects = PropertyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "properties"
        ordering = ["display_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["company", "job_number"], name="job_number_once_per_company")]

    def __str__(self) -> str:
        return self.display_name


class PropertyAccess(models.Model):
    """A property given to a user who does not see all of them."""

    property_path: ClassVar[str] = "property"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="property_access")
    property = models.ForeignKey(Property, models.CASCADE, related_name="access")

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "property access"
        constraints = [models.UniqueConstraint(fields=["user", "property"], name="property_given_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.property}"


class Suite(PublicModel):
    """A rented unit of a property: what tenants live in and invoices are for."""

    property = models.ForeignKey(Property, models.PROTECT, related_name="suites")
    name = models.CharField(max_length=120)

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["property", "name"], name="suite_name_once_per_property")]

    def __str__(self) -> str:
        return self.name


class Meter(PublicModel):
    """One register of one utility. `general` marks the property's main meter of that utility, which serves no suite."""

    property = models.ForeignKey(Property, models.PROTECT, related_name="meters")
    serial_number = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    utility = models.CharField(max_length=1, choices=Utility.choices)
    general = models.BooleanField(_("general (main) meter"), default=False)
    floor = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001 - the reference tells null from ""
    panel = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001 - the reference tells null from ""
    register_max = MillionthsField(
        null=True, blank=True, help_text=_("The value at which the register returns to 0; 100000 for five digits.")
    )

    objects = MeterQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["property", "serial_number"], name="serial_number_once_per_property"),
            models.UniqueConstraint(fields=["property", "name"], name="meter_name_once_per_property"),
            models.CheckConstraint(
                condition=Q(register_max=None) | Q(register_max__gt=0), name="register_max_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @builtins.property  # the plain name is the field's here
    def units(self) -> str:
        """`kwh` or `m3`."""
        return Utility(self.utility).unit


class MeterSuite(models.Model):
    """Which suite a meter serves, from when (null: from the beginning) to when (null: still). Half open: (start, end]."""

    property_path: ClassVar[str] = "meter__property"

    meter = models.ForeignKey(Meter, models.CASCADE, related_name="assignments")
    suite = models.ForeignKey(Suite, models.CASCADE, related_name="assignments")
    start = models.DateTimeField(null=True, blank=True)
    end = models.DateTimeField(null=True, blank=True)

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        ordering = ["meter", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meter"], condition=Q(end=None), name="one_suite_at_a_time"),
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(end__gt=F("start")), name="assignment_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meter} · {self.suite}"


class Read(models.Model):
    """What a meter said at an instant. Written by `metering.ingest` alone, by SQL; never changed by hand.

    `register` is the cumulative register and `interval` the consumption since the previous accepted one, both in the
    meter's unit; `points` are the other metering points as sent. No foreign key is enforced in the database: the check
    would cost more than the row, and ingest stores for meters it holds locked (ADR 4).
    """

    pk = models.CompositePrimaryKey("meter_id", "time")
    meter = models.ForeignKey(Meter, models.PROTECT, related_name="reads", db_constraint=False, db_index=False)
    time = models.DateTimeField()
    register = MillionthsField(null=True)
    interval = MillionthsField(null=True)
    flag = models.SmallIntegerField(choices=Flag.choices, default=Flag.NONE)
    points = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["time", "meter"], condition=Q(flag__in=FOR_REVIEW), name="reads_for_review")
        ]

    def __str__(self) -> str:
        return f"{self.meter_id} · {self.time:%Y-%m-%dT%H:%M:%SZ}"


class ReadReview(models.Model):
    """Somebody looked at a flagged read, and it is settled.

    It holds for the read as it was seen: once its register or its flag is another, the read is for review again. Flags and
    figures are a function of the reads alone, and no review changes any.
    """

    property_path: ClassVar[str] = "meter__property"

    meter = models.ForeignKey(Meter, models.CASCADE, related_name="+")
    time = models.DateTimeField()
    register = MillionthsField()
    flag = models.SmallIntegerField(choices=Flag.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meter", "time"], name="read_reviewed_once")]

    def __str__(self) -> str:
        return f"{self.meter} · {self.time:%Y-%m-%dT%H:%M:%SZ}"


class Rollup(models.Model):
    """What a meter's reads of one bucket add up to; kept by ingest in the transaction that stores the reads.

    `register` is the last accepted one of the bucket, read at `register_time`; `reads` counts all reads, `flagged` those
    for review (outliers and resets).
    """

    consumption = MillionthsField(default=0)
    register = MillionthsField(null=True)
    register_time = models.DateTimeField(null=True)
    reads = models.IntegerField(default=0)
    flagged = models.IntegerField(default=0)

    class Meta:
        abstract = True


class HourRollup(Rollup):  # noqa: DJ008 - added up, never shown by itself
    """By local hour, keyed by the instant at which it begins."""

    pk = models.CompositePrimaryKey("meter_id", "hour")
    meter = models.ForeignKey(Meter, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    hour = models.DateTimeField()


class DayRollup(Rollup):  # noqa: DJ008 - the same
    """By local date."""

    pk = models.CompositePrimaryKey("meter_id", "day")
    meter = models.ForeignKey(Meter, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    day = models.DateField()


class MonthRollup(models.Model):  # noqa: DJ008 - the same
    """By local month, keyed by its first day: the sums of its days (ADR 5)."""

    pk = models.CompositePrimaryKey("meter_id", "month")
    meter = models.ForeignKey(Meter, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    month = models.DateField()
    consumption = MillionthsField(default=0)
    reads = models.IntegerField(default=0)
    flagged = models.IntegerField(default=0)


class LatestRead(models.Model):
    """A meter's newest read, and the end of its chain of registers; made with the meter, and the row that ingest locks.

    `chain_*` describe the newest read that has a register, and `chain_before` the accepted register before that one: what
    the next register in order needs to be judged, and to judge the newest stored one again.
    """

    property_path: ClassVar[str] = "meter__property"

    meter = models.OneToOneField(Meter, models.CASCADE, primary_key=True, related_name="latest")
    time = models.DateTimeField(null=True)
    register = MillionthsField(null=True)
    interval = MillionthsField(null=True)
    flag = models.SmallIntegerField(choices=Flag.choices, default=Flag.NONE)
    points = models.JSONField(null=True)
    chain_time = models.DateTimeField(null=True)
    chain_register = MillionthsField(null=True)
    chain_interval = MillionthsField(null=True)
    chain_flag = models.SmallIntegerField(choices=Flag.choices, default=Flag.NONE)
    chain_before = MillionthsField(null=True)

    objects = OfPropertyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.meter} · {self.time}"


class ReadImport(PublicModel):
    """A file of reads that a person gave in the portal: looked at first, then stored by a worker, and what became of it.

    `done` counts the rows stored so far. Notes of refused and contradicting rows are kept up to `NOTES_KEPT`:
    `{"row", "serial_number", "message"}`.
    """

    NOTES_KEPT: ClassVar[int] = 10_000

    property = models.ForeignKey(Property, models.CASCADE, related_name="imports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    file = models.FileField(upload_to="imports/")
    name = models.CharField(max_length=200)
    format = models.CharField(max_length=10)
    replace = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.GIVEN)
    alive = models.DateTimeField(null=True, editable=False, help_text=_("When the worker last said that it goes on."))
    finished = models.DateTimeField(null=True, editable=False)
    done = models.PositiveBigIntegerField(default=0)
    accepted = models.PositiveBigIntegerField(default=0)
    duplicates = models.PositiveBigIntegerField(default=0)
    conflicts = models.PositiveBigIntegerField(default=0)
    rejected = models.PositiveBigIntegerField(default=0)
    row_notes = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.name

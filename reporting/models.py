"""Scheduled reports and their runs. The database is the truth and the broker a doorbell (design, section 5)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intellimeter.common.public_ids import PublicModel
from reporting.enums import MailStatus, Repeat, RunStatus
from reporting.querysets import RunQuerySet, ScheduleQuerySet
from reporting.schedules.calendar import Span


class Schedule(PublicModel):
    """A report that somebody wants by mail, again and again: which sections, in which order, and when.

    It comes due on days counted from `start` (null: the day of its creation) by `period` × `repeat`, until `end`. `next_due`
    is the next of them, null where there is none; `last_due` the last that was seen to. What came due before `timed_since`
    is not caught up: the schedule was not there yet, or set otherwise.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="schedules")
    name = models.CharField(max_length=200)
    sections = models.JSONField(_("sections"), help_text=_("Names of sections, in the order of the PDF."))
    repeat = models.CharField(max_length=5, choices=Repeat.choices, default=Repeat.NEVER)
    period = models.PositiveIntegerField(null=True, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    active = models.BooleanField(default=True)
    last_run = models.DateTimeField(null=True, editable=False)
    result = models.TextField(null=True, editable=False)  # noqa: DJ001 - null until there is one (reference)
    timed_since = models.DateTimeField(default=timezone.now, editable=False)
    last_due = models.DateField(null=True, editable=False)
    next_due = models.DateField(null=True, editable=False, db_index=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = "scheduled report"
        ordering = ["created", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(end__gte=F("start")), name="schedule_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Run(PublicModel):
    """One PDF of a schedule: because a due date came (`due`), or because somebody asked (`token_hash`).

    It covers the local days from `first` up to, and not with, `until`, and compares them with those from `before` on. A
    worker takes it by a conditional UPDATE that moves `next_attempt` ahead: a lease. `reason` says why a failed one failed.
    """

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="runs")
    due = models.DateField(null=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - unique where there is one
    before = models.DateField()
    first = models.DateField()
    until = models.DateField()
    status = models.CharField(max_length=7, choices=RunStatus.choices, default=RunStatus.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt = models.DateTimeField(default=timezone.now)
    finished = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    mail_status = models.CharField(max_length=8, choices=MailStatus.choices, default=MailStatus.NONE)
    mail_attempts = models.PositiveIntegerField(default=0)
    mail_next_attempt = models.DateTimeField(null=True)
    mail_error = models.TextField(blank=True)
    emailed_at = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "due"], name="one_run_per_due_date"),
            models.CheckConstraint(condition=Q(before__lt=F("first"), first__lt=F("until")), name="run_covers_days"),
        ]
        indexes = [
            models.Index(fields=["next_attempt"], name="run_to_make", condition=Q(status__in=["queued", "running"])),
            models.Index(
                fields=["mail_next_attempt"], name="run_to_mail", condition=Q(mail_status__in=["waiting", "sending"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule} · {self.first:%Y-%m-%d}"

    @property
    def span(self) -> Span:
        """The days that it covers."""
        return Span(self.before, self.first, self.until)

"""The closed lists of reporting."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Repeat(models.TextChoices):
    """How often a schedule comes due (reference, Scheduled Reports)."""

    NEVER = "never", _("Never")
    DAY = "day", _("Day")
    WEEK = "week", _("Week")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class RunStatus(models.TextChoices):
    """How far the PDF of a run has come."""

    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class MailStatus(models.TextChoices):
    """How far the message with the PDF has come; a run that is fetched by polling has none."""

    NONE = "none", _("None")
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    GIVEN_UP = "given up", _("Given up")

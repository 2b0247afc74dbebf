"""The closed lists of metering."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Utility(models.TextChoices):
    """What a meter measures."""

    ELECTRICITY = "E", _("Electricity")
    WATER = "W", _("Water")
    GAS = "G", _("Gas")

    @property
    def unit(self) -> str:
        """The unit of registers and consumption, and the name of the register's metering point."""
        return "kwh" if self is Utility.ELECTRICITY else "m3"

    @property
    def unit_label(self) -> str:
        """The unit as people write it."""
        return "kWh" if self is Utility.ELECTRICITY else "m³"


class Flag(models.IntegerChoices):
    """What the chain of a meter's registers says of a read (decisions, section 6)."""

    NONE = 0, _("none")
    OUTLIER = 1, _("outlier")
    RESET = 2, _("reset or replaced")
    ROLLOVER = 3, _("rollover")


FOR_REVIEW = (Flag.OUTLIER, Flag.RESET)
"""The flags that somebody should look at; a rollover is as it should be."""


class ImportState(models.TextChoices):
    """How far a file of reads has come."""

    GIVEN = "given", _("Not started")
    WAITING = "waiting", _("Waiting for a worker")
    RUNNING = "running", _("Being stored")
    DONE = "done", _("Stored")
    FAILED = "failed", _("Failed")

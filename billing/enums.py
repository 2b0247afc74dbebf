"""The closed lists of billing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InvoiceType(models.TextChoices):
    """How a service's invoices are reckoned (reference, Invoice Types)."""

    SPLIT = "Split From General", _("Split From General")
    CONSUMPTION = "General Consumption Price", _("General Consumption Price")
    FLAT = "Customized Price", _("Customized Price")


class LineKind(models.TextChoices):
    """What a line of an invoice charges for. Tax is a field of the invoice, not a line of this table."""

    UTILITY = "utility", _("Utility")
    FEE = "fee", _("Fee")


class MailStatus(models.TextChoices):
    """How far an invoice's message to one tenant has come."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")

"""What billing does when metering's rows come to be."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from billing.services import ensure_constants
from metering.models import Property


@receiver(post_save, sender=Property, dispatch_uid="billing.constants_of_a_new_property")
def constants_from_the_start(instance: Property, created: bool, raw: bool = False, **_: Any) -> None:
    """Every property has constants from its start (decisions, section 7)."""
    if created and not raw:
        ensure_constants(property=instance)

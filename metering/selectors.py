"""What is read of properties and meters besides figures. Whoever asks has been found entitled to what they pass in."""

from django.db.models import QuerySet

from metering.models import Meter, MeterSuite, Property


def meters_of(properties: QuerySet[Property]) -> QuerySet[Meter]:
    """The meters of the properties with the suite that each serves now, and their property at hand."""
    return Meter.objects.filter(property__in=properties).with_current_suite().select_related("property")


def assignments_of(properties: QuerySet[Property]) -> QuerySet[MeterSuite]:
    """Every row that says which meter served which suite of the properties, from when to when."""
    return MeterSuite.objects.filter(suite__property__in=properties)

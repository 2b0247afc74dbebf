"""What the lists of meters and properties can be narrowed by."""

from typing import ClassVar

import django_filters

from intellimeter.common.api.filters import OneOfFilter, TruthFilter, WordsFilter
from metering.enums import Utility
from metering.models import Meter, Property


class MeterFilter(django_filters.FilterSet):
    """Meters by utility, by where they are, and by what stands on them."""

    utility = OneOfFilter(Utility.choices, help_text="What the meter measures: E (electricity), W (water) or G (gas).")
    general = TruthFilter("general", help_text="true or false: whether it is the property's main meter of its utility.")
    serial_number = django_filters.CharFilter(help_text="The whole serial number.")
    floor = django_filters.CharFilter(help_text="The whole name of the floor.")
    panel = django_filters.CharFilter(help_text="The whole name of the panel.")

    class Meta:
        model = Meter
        fields: ClassVar[list[str]] = []


class PropertyFilter(django_filters.FilterSet):
    """Properties by words of their names or address, or by job number."""

    search = WordsFilter(
        "display_name", "job_name", "job_number", "address", help_text="Words, each in a name, a number or the address."
    )
    job_number = django_filters.CharFilter(help_text="The whole job number.")

    class Meta:
        model = Property
        fields: ClassVar[list[str]] = []

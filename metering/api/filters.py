"""What the lists of meters and properties can be narrowed by."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet

from intellimeter.common.api.filters import OneOfFilter, TruthFilter, WordsFilter
from metering.enums import Utility
from metering.models import Meter, Property


class MeterFilter(django_filters.FilterSet):
    """`utility`, `general`, `suite` (the id of the suite that a meter serves now), `serial_number`, `floor`, `panel`."""

    utility = OneOfFilter(Utility.choices)
    general = TruthFilter("general")
    suite = django_filters.CharFilter(method="serving")

    class Meta:
        model = Meter
        fields = ("utility", "general", "suite", "serial_number", "floor", "panel")

    def serving(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Those that serve the suite now; the rows are one property's, so no other's suite can be told from none."""
        return rows.filter(suite_public_id=value)


class PropertyFilter(django_filters.FilterSet):
    """Properties by words of their names or address, or by job number."""

    search = WordsFilter(
        "display_name", "job_name", "job_number", "address", help_text="Words, each in a name, a number or the address."
    )
    job_number = django_filters.CharFilter(help_text="The whole job number.")

    class Meta:
        model = Property
        fields: ClassVar[list[str]] = []

"""What the list of meters can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from metering.enums import Utility
from metering.models import Meter


class MeterFilter(django_filters.FilterSet):
    """`utility`, `general`, `suite` (the id of the suite that a meter serves now), `serial_number`, `floor`, `panel`."""

    utility = django_filters.ChoiceFilter(choices=Utility.choices)
    general = django_filters.BooleanFilter()
    suite = django_filters.CharFilter(method="serving")

    class Meta:
        model = Meter
        fields = ("utility", "general", "suite", "serial_number", "floor", "panel")

    def serving(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Those that serve the suite now; the rows are one property's, so no other's suite can be told from none."""
        return rows.filter(suite_public_id=value)

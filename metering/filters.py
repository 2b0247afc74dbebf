"""What the portal's list of meters can be narrowed by."""

from datetime import datetime
from typing import ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metering.enums import Utility
from metering.models import LatestRead, Meter, Property
from metering.portal_selectors import silent

SELECT = {"class": "form-select form-select-sm"}


def _visible_properties(request: HttpRequest | None) -> QuerySet[Property]:
    return Property.objects.none() if request is None else Property.objects.visible_to(request.user)


class MeterFilter(django_filters.FilterSet):
    """Meters by property, utility, whether they report, and words of a name, serial number, floor or panel."""

    property = django_filters.ModelChoiceFilter(
        label=_("Property"),
        queryset=_visible_properties,
        to_field_name="public_id",
        empty_label=_("All properties"),
        widget=forms.Select(attrs=SELECT),
    )
    utility = django_filters.ChoiceFilter(
        label=_("Utility"), choices=Utility.choices, empty_label=_("All utilities"), widget=forms.Select(attrs=SELECT)
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("silent", _("Stopped reporting")), ("never", _("Never reported"))],
        empty_label=_("All"),
        method="in_state",
        widget=forms.Select(attrs=SELECT),
    )
    q = django_filters.CharFilter(
        label=_("Search"),
        method="search",
        widget=forms.TextInput(
            attrs={"class": "form-control form-control-sm", "type": "search", "placeholder": _("Name, serial number")}
        ),
    )

    class Meta:
        model = Meter
        fields: ClassVar[list[str]] = []

    def in_state(self, rows: QuerySet[Meter], name: str, value: str) -> QuerySet[Meter]:
        now: datetime = timezone.now()
        if value == "never":
            return rows.filter(latest__time=None)
        return rows.filter(latest__in=LatestRead.objects.filter(silent(now)))

    def search(self, rows: QuerySet[Meter], name: str, value: str) -> QuerySet[Meter]:
        for word in value.split():
            rows = rows.filter(
                Q(name__icontains=word)
                | Q(serial_number__icontains=word)
                | Q(floor__icontains=word)
                | Q(panel__icontains=word)
            )
        return rows

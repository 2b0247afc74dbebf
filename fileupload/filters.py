"""What the portal's list of deliveries can be narrowed by."""

from datetime import date, timedelta
from typing import ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fileupload.enums import Status, Transport
from fileupload.models import Delivery
from intellimeter.common.local_time import day_start, zone_of
from metering.filters import SELECT, PropertyFilter


class DeliveryFilter(django_filters.FilterSet):
    """Deliveries by property, transport, status, the local day of their cycle, and words of what the server said."""

    property = PropertyFilter(field_name="destination__property")
    transport = django_filters.ChoiceFilter(
        label=_("By"),
        field_name="destination__transport",
        choices=Transport.choices,
        empty_label=_("HTTP and FTPS"),
        widget=forms.Select(attrs=SELECT),
    )
    status = django_filters.ChoiceFilter(
        label=_("State"), choices=Status.choices, empty_label=_("All states"), widget=forms.Select(attrs=SELECT)
    )
    day = django_filters.DateFilter(
        label=_("Day of the cycle"),
        method="of_day",
        widget=forms.DateInput(attrs={"class": "form-control form-control-sm", "type": "date"}, format="%Y-%m-%d"),
    )
    q = django_filters.CharFilter(
        label=_("Search"),
        method="search",
        widget=forms.TextInput(
            attrs={"class": "form-control form-control-sm", "type": "search", "placeholder": _("Answer, delivery id")}
        ),
    )

    class Meta:
        model = Delivery
        fields: ClassVar[list[str]] = []

    def of_day(self, rows: QuerySet[Delivery], name: str, value: date) -> QuerySet[Delivery]:
        zone = zone_of(self.request.user.company.timezone)
        begin, end = day_start(value, zone), day_start(value + timedelta(days=1), zone)
        return rows.filter(cycle__time__gte=begin, cycle__time__lt=end)

    def search(self, rows: QuerySet[Delivery], name: str, value: str) -> QuerySet[Delivery]:
        for word in value.split():
            rows = rows.filter(Q(problem__icontains=word) | Q(answer__icontains=word) | Q(delivery_id__icontains=word))
        return rows

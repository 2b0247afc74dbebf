"""What the portal's lists of meters and of reads for review can be narrowed by, and other lists by property."""

from datetime import datetime
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metering.enums import FOR_REVIEW, Utility
from metering.models import LatestRead, Meter, Property
from metering.portal_selectors import silent
from metering.reviews import flagged

SELECT = {"class": "form-select form-select-sm"}


def _visible_properties(request: HttpRequest | None) -> QuerySet[Property]:
    return Property.objects.none() if request is None else Property.objects.visible_to(request.user)


def _visible_meters(request: HttpRequest | None) -> QuerySet[Meter]:
    return Meter.objects.none() if request is None else Meter.objects.visible_to(request.user)


class PropertyFilter(django_filters.ModelChoiceFilter):
    """By one of the user's properties, named by its public id."""

    def __init__(self, **kwargs: Any):
        super().__init__(
            label=_("Property"),
            queryset=_visible_properties,
            to_field_name="public_id",
            empty_label=_("All properties"),
            widget=forms.Select(attrs=SELECT),
            **kwargs,
        )


class MeterFilter(django_filters.FilterSet):
    """Meters by property, utility, whether they report, and words of a name, serial number, floor or panel."""

    property = PropertyFilter()
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


class ReviewFilter(MeterFilter):
    """Flagged reads by their meters, by what is odd about them, and whether somebody has looked at them."""

    REVIEWED, ALL = "reviewed", "all"

    meter = django_filters.ModelChoiceFilter(
        queryset=_visible_meters, to_field_name="public_id", method="by_meter", widget=forms.HiddenInput
    )
    flag = django_filters.ChoiceFilter(
        label=_("What is odd"),
        choices=[(flag.value, flag.label) for flag in FOR_REVIEW],
        empty_label=_("All"),
        method="of_reads",
        widget=forms.Select(attrs=SELECT),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(REVIEWED, _("Reviewed")), (ALL, _("All"))],
        empty_label=_("To review"),
        method="of_reads",
        widget=forms.Select(attrs=SELECT),
    )

    def by_meter(self, rows: QuerySet[Meter], name: str, value: Meter) -> QuerySet[Meter]:
        return rows.filter(pk=value.pk)

    def of_reads(self, rows: QuerySet[Meter], name: str, value: str) -> QuerySet[Meter]:
        """Says nothing about meters; `reads` heeds it."""
        return rows

    def reads(self) -> QuerySet[Any]:
        """The flagged reads that fit, newest first; none where the address asks for what there is not."""
        if not self.is_valid():
            return flagged(Meter.objects.none())
        rows, asked = flagged(self.qs), self.form.cleaned_data
        if asked["flag"]:
            rows = rows.filter(flag=asked["flag"])
        if asked["state"] == self.ALL:
            return rows
        return rows.exclude(review=None) if asked["state"] == self.REVIEWED else rows.filter(review=None)

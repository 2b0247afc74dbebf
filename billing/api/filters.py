"""What the API's list of invoices can be narrowed by (decisions, section 2)."""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from billing.models import Invoice
from intellimeter.common.errors import DomainError
from intellimeter.common.local_time import parse_instant, zone_of

TRUTHS = {"true": True, "1": True, "false": False, "0": False}


class TruthField(forms.Field):
    """`true` or `false`; anything else is an error instead of no filter at all."""

    def to_python(self, value: Any) -> bool | None:
        if value in self.empty_values:
            return None
        if (found := TRUTHS.get(str(value).lower())) is None:
            raise ValidationError("Must be true or false.")
        return found


class TruthFilter(django_filters.Filter):
    field_class = TruthField


class InvoiceFilter(django_filters.FilterSet):
    """Invoices by state and time. Dates and times are the property's local ones; a bare date is its first instant."""

    paid = TruthFilter(method="by_paid", help_text="true or false: whether it is paid.")
    late = TruthFilter(method="by_late", help_text="true or false: whether it is unpaid past due, or was paid late.")
    created_after = django_filters.CharFilter(method="by_creation", help_text="Issued then or later.")
    created_before = django_filters.CharFilter(method="by_creation", help_text="Issued before.")
    due_after = django_filters.DateFilter("due", "gte", help_text="Due on this date or later.")
    due_before = django_filters.DateFilter("due", "lt", help_text="Due before this date.")

    class Meta:
        model = Invoice
        fields: ClassVar[list[str]] = []

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the property that the request names."""
        return zone_of(self.request.parser_context["view"].chosen.timezone)

    def by_paid(self, rows: QuerySet[Invoice], name: str, value: bool) -> QuerySet[Invoice]:
        return rows.filter(paid__isnull=not value)

    def by_late(self, rows: QuerySet[Invoice], name: str, value: bool) -> QuerySet[Invoice]:
        late = Invoice.objects.late(timezone.now(), self.zone)
        return rows.filter(pk__in=late.values("pk")) if value else rows.exclude(pk__in=late.values("pk"))

    def by_creation(self, rows: QuerySet[Invoice], name: str, value: str) -> QuerySet[Invoice]:
        try:
            instant = parse_instant(value, self.zone)
        except ValueError as error:
            sentence = "Must be a date or a time such as 2021-04-01 or 2021-04-01T10:20:00."
            raise DomainError(f"{name}: {sentence}", fields={name: [sentence]}) from error
        return rows.filter(**{"created__gte" if name == "created_after" else "created__lt": instant})

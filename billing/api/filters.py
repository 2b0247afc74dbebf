"""What the API's lists of billing can be narrowed by (decisions, section 2)."""

from typing import ClassVar
from zoneinfo import ZoneInfo

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from billing.enums import InvoiceType
from billing.models import Fee, Invoice, Service, Tenant
from intellimeter.common.api.filters import OneOfFilter, TruthFilter, WordsFilter
from intellimeter.common.errors import DomainError
from intellimeter.common.local_time import parse_instant, zone_of
from metering.models import Suite


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


class FeeFilter(django_filters.FilterSet):
    """Fees by words of their name, and by whether invoices carry them."""

    search = WordsFilter("name", help_text="Words, each in the name.")
    active = TruthFilter("active", help_text="true or false: whether invoices carry it.")

    class Meta:
        model = Fee
        fields: ClassVar[list[str]] = []


class ServiceFilter(django_filters.FilterSet):
    """Services by words of their name or address, type, and whether they issue."""

    search = WordsFilter("name", "address", help_text="Words, each in the name or in the address.")
    active = TruthFilter("active", help_text="true or false: whether it issues invoices.")
    invoice_type = OneOfFilter(InvoiceType.choices, help_text="The type of its invoices.")

    class Meta:
        model = Service
        fields: ClassVar[list[str]] = []


class SuiteFilter(django_filters.FilterSet):
    """Suites by words of their name."""

    search = WordsFilter("name", help_text="Words, each in the name.")

    class Meta:
        model = Suite
        fields: ClassVar[list[str]] = []


class TenantFilter(django_filters.FilterSet):
    """Tenants by words of their name, email, phone or address."""

    search = WordsFilter(
        "first_name",
        "last_name",
        "email",
        "phone",
        "address",
        help_text="Words, each in the name, the email, the phone number or the address.",
    )
    email = django_filters.CharFilter(lookup_expr="iexact", help_text="The whole email, in either case.")

    class Meta:
        model = Tenant
        fields: ClassVar[list[str]] = []

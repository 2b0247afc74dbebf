"""What the portal's lists can be narrowed by."""

from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from billing import portal_selectors as selectors
from billing.models import Invoice, Tenant
from metering.filters import SELECT, PropertyFilter

SEARCH = {"class": "form-control form-control-sm", "type": "search"}


class InvoiceFilter(django_filters.FilterSet):
    """Invoices by property, state, month billed, and words of a number, suite, service or recipient."""

    property = PropertyFilter()
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=selectors.STATES,
        empty_label=_("All states"),
        method="in_state",
        widget=forms.Select(attrs=SELECT),
    )
    month = django_filters.ChoiceFilter(
        label=_("Month billed"), empty_label=_("All months"), method="in_month", widget=forms.Select(attrs=SELECT)
    )
    mail = django_filters.ChoiceFilter(
        label=_("Mail"),
        choices=[("unsent", _("Not mailed yet"))],
        empty_label=_("Any"),
        method="by_mail",
        widget=forms.Select(attrs=SELECT),
    )
    q = django_filters.CharFilter(
        label=_("Search"),
        method="search",
        widget=forms.TextInput(attrs={**SEARCH, "placeholder": _("Number, suite, service, recipient")}),
    )

    class Meta:
        model = Invoice
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.filters["month"].extra["choices"] = [
            (f"{month:%Y-%m}", date_format(month, "F Y")) for month in selectors.billed_months(self.request.user)
        ]

    def in_state(self, rows: QuerySet[Invoice], name: str, value: str) -> QuerySet[Invoice]:
        return selectors.in_state(rows, value)

    def in_month(self, rows: QuerySet[Invoice], name: str, value: str) -> QuerySet[Invoice]:
        return rows.filter(selectors.ended_in_month(date.fromisoformat(f"{value}-01")))

    def by_mail(self, rows: QuerySet[Invoice], name: str, value: str) -> QuerySet[Invoice]:
        return selectors.unsent(rows)

    def search(self, rows: QuerySet[Invoice], name: str, value: str) -> QuerySet[Invoice]:
        return selectors.invoices_mentioning(rows, value)


class TenantFilter(django_filters.FilterSet):
    """Tenants by property, and words of a name, email, phone or suite."""

    property = PropertyFilter()
    q = django_filters.CharFilter(
        label=_("Search"),
        method="search",
        widget=forms.TextInput(attrs={**SEARCH, "placeholder": _("Name, email, phone, suite")}),
    )

    class Meta:
        model = Tenant
        fields: ClassVar[list[str]] = []

    def search(self, rows: QuerySet[Tenant], name: str, value: str) -> QuerySet[Tenant]:
        return selectors.tenants_mentioning(rows, value)

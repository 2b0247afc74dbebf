"""The portal's pages about invoices and tenants."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView, View
from django.views.generic.detail import SingleObjectMixin

from accounts.models import User
from billing import portal_selectors as selectors
from billing.documents import MEDIA_TYPES, invoice_file
from billing.filters import InvoiceFilter, TenantFilter
from billing.invoice_rows import HEADINGS, invoice_rows
from billing.models import Invoice, Tenant
from billing.services import mark_paid
from billing.usage_bars import usage_bars
from intellimeter.common.portal.csv_lines import csv_lines
from intellimeter.common.portal.pages import PortalPage
from intellimeter.common.portal.sorting import Column, Sorting
from intellimeter.common.portal.xlsx_file import MEDIA_TYPE, xlsx_file

ROWS_ON_A_PAGE = 50


def late_for(user: User) -> Q:
    """Which of the user's invoices are late now."""
    return selectors.late(selectors.zones_of(user), timezone.now())


class InvoiceRows(PortalPage):
    """The invoices that the address asks for: filtered, sorted."""

    section = "invoices"
    sorting = Sorting(
        {
            "number": Column(_("Number"), ("number",)),
            "property": Column(_("Property"), ("property_name", "number")),
            "suite": Column(_("Suite"), ("suite_name", "number")),
            "period": Column(_("Period"), ("period_end", "number")),
            "due": Column(_("Due"), ("due", "number")),
            "total": Column(_("Total"), ("total", "number")),
        },
        default="-number",
    )

    @cached_property
    def filter(self) -> InvoiceFilter:
        rows = selectors.invoices_with_state(self.user, late_for(self.user))
        return InvoiceFilter(self.request.GET, queryset=rows, request=self.request)

    def get_queryset(self) -> QuerySet[Invoice]:
        if not self.filter.is_valid():
            return Invoice.objects.none()
        return self.sorting.apply(self.filter.qs, self.request.GET.get("sort"))


class InvoiceList(InvoiceRows, ListView):
    """The company's invoices, with totals over all that the filter lets through."""

    template_name = "billing/invoices.html"
    context_object_name = "invoices"
    paginate_by = ROWS_ON_A_PAGE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("sort")
        return super().get_context_data(**kwargs) | {
            "filter": self.filter,
            "sorting": self.sorting.headings(asked),
            "sorts": self.sorting.choices(asked),
            "totals": selectors.totals_of(self.get_queryset()),
            "asked": [(name, value) for name, value in self.request.GET.items() if value and name != "page"],
        }


class InvoiceCsv(InvoiceRows, View):
    """The same invoices as a file, all of them."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        lines = csv_lines(HEADINGS, invoice_rows(self.get_queryset()))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="invoices.csv"'
        return response


class InvoiceXlsx(InvoiceRows, View):
    """The same for Excel."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        content = xlsx_file(gettext("Invoices"), HEADINGS, invoice_rows(self.get_queryset()))
        named = {"Content-Disposition": 'attachment; filename="invoices.xlsx"'}
        return HttpResponse(content, content_type=MEDIA_TYPE, headers=named)


class InvoicePage(PortalPage, DetailView):
    """One invoice: what it charges, what each line rests on, its documents, its mail."""

    section = "invoices"
    template_name = "billing/invoice_page.html"
    context_object_name = "invoice"
    slug_field = slug_url_kwarg = "public_id"

    def get_queryset(self) -> QuerySet[Invoice]:
        return selectors.invoice_details(self.user, late_for(self.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "usage": usage_bars(self.object.usage),
        }


class InvoiceDocument(PortalPage, View):
    """The invoice as a file: .odt or .pdf."""

    def get(self, request: HttpRequest, public_id: str, kind: str) -> HttpResponseBase:
        if kind not in MEDIA_TYPES:
            raise Http404
        invoices = Invoice.objects.visible_to(self.user).select_related("company")
        document = invoice_file(get_object_or_404(invoices, public_id=public_id), kind)
        return FileResponse(document, content_type=MEDIA_TYPES[kind], filename=str(document.name), as_attachment=True)


class InvoicePaid(PortalPage, SingleObjectMixin, View):
    """Noting that an invoice is paid: asked once more, since it is final."""

    section = "invoices"
    context_object_name = "invoice"
    slug_field = slug_url_kwarg = "public_id"

    def get_queryset(self) -> QuerySet[Invoice]:
        return Invoice.objects.visible_to(self.user)

    def get(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        self.object = self.get_object()
        if self.object.paid:
            return redirect("invoice", public_id)
        return render(request, "billing/invoice_paid.html", self.get_context_data())

    def post(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        invoice = mark_paid(invoice=self.get_object(), now=timezone.now())
        messages.success(request, _("Invoice %(number)s is paid.") % {"number": invoice.number})
        return redirect("invoice", public_id)


class TenantList(PortalPage, ListView):
    """Who gets invoices by mail, and for which suites."""

    section = "tenants"
    template_name = "billing/tenants.html"
    context_object_name = "tenants"
    paginate_by = ROWS_ON_A_PAGE

    @cached_property
    def filter(self) -> TenantFilter:
        return TenantFilter(self.request.GET, queryset=selectors.tenants(self.user), request=self.request)

    def get_queryset(self) -> QuerySet[Tenant]:
        return self.filter.qs if self.filter.is_valid() else Tenant.objects.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"filter": self.filter}

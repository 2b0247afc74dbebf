"""The administration of what is billed. Invoices are facts: they can be looked at, with their lines and mails."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateFilter
from unfold.widgets import UnfoldAdminFileFieldWidget

from billing import services
from billing.documents import MEDIA_TYPES
from billing.documents.own_templates import LARGEST
from billing.models import (
    Constants,
    Fee,
    Invoice,
    InvoiceLine,
    InvoiceMail,
    InvoiceSequence,
    InvoiceTemplate,
    Service,
    Tenant,
    TenantSuite,
)
from intellimeter.common.admin import PlatformAdmin, ReadOnly, ReadOnlyInline, ServiceAdmin
from metering.admin import SuiteAdmin
from metering.models import Suite

OF_PROPERTY = [("property", AutocompleteSelectFilter)]
FIND_PROPERTY = ["property__display_name", "property__job_number"]


@admin.register(Constants)
class ConstantsAdmin(ServiceAdmin):
    """A property has them from its start and as long as it lives."""

    list_display = [
        "property",
        "price_per_electricity",
        "price_per_water",
        "price_per_gas",
        "tax_rate",
        "days_to_pay",
        "updated",
    ]
    list_filter = OF_PROPERTY
    list_select_related = ["property"]
    search_fields = FIND_PROPERTY
    fields = ["property", *list_display[1:6], "invoice_from", "updated"]
    readonly_fields = ["property", "updated"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def update(self, row: Constants, changes: dict[str, Any]) -> Constants:
        return services.update_constants(constants=row, **changes)


@admin.register(Fee)
class FeeAdmin(ServiceAdmin):
    list_display = ["name", "property", "value", "active"]
    list_filter = [*OF_PROPERTY, "active"]
    list_select_related = ["property"]
    search_fields = ["name", "public_id", *FIND_PROPERTY]
    autocomplete_fields = ["property"]
    fields = ["property", "name", "value", "active", "public_id", "created", "updated"]
    readonly_fields = ["public_id", "created", "updated"]
    fixed_fields = ("property",)

    def create(self, row: Fee, values: dict[str, Any]) -> Fee:
        return services.create_fee(**values)

    def update(self, row: Fee, changes: dict[str, Any]) -> Fee:
        return services.update_fee(fee=row, **changes)

    def delete(self, row: Fee) -> None:
        services.delete_fee(fee=row)


class BindingInline(TabularInline):
    """The suites whose invoices the tenant gets."""

    model = TenantSuite
    autocomplete_fields = ["suite"]
    extra = 0


@admin.register(Tenant)
class TenantAdmin(ServiceAdmin):
    list_display = ["last_name", "first_name", "email", "property", "phone", "public_id"]
    list_display_links = ["last_name", "first_name"]
    list_filter = OF_PROPERTY
    list_select_related = ["property"]
    search_fields = ["last_name", "first_name", "email", "public_id__exact", *FIND_PROPERTY]
    sortable_by = ()
    ordering = ["-pk"]
    autocomplete_fields = ["property"]
    fields = ["property", "first_name", "last_name", "email", "address", "phone", "public_id", "created", "updated"]
    readonly_fields = ["public_id", "created", "updated"]
    fixed_fields = ("property",)

    def get_inlines(self, request: HttpRequest, obj: Tenant | None) -> list[Any]:
        return [BindingInline] if obj is not None else []

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Bindings through their services, which keep a tenant to suites of their own property."""
        formset.save(commit=False)
        for binding in formset.deleted_objects:
            services.unbind_tenant(tenant=binding.tenant, suite=binding.suite)
        for binding, _names in formset.changed_objects:
            before = TenantSuite.objects.get(pk=binding.pk)
            services.unbind_tenant(tenant=before.tenant, suite=before.suite)
            services.bind_tenant(tenant=binding.tenant, suite=binding.suite)
        for binding in formset.new_objects:
            services.bind_tenant(tenant=binding.tenant, suite=binding.suite)

    def create(self, row: Tenant, values: dict[str, Any]) -> Tenant:
        return services.create_tenant(**values)

    def update(self, row: Tenant, changes: dict[str, Any]) -> Tenant:
        return services.update_tenant(tenant=row, **changes)

    def delete(self, row: Tenant) -> None:
        services.delete_tenant(tenant=row)


@admin.register(Service)
class ServiceOrderAdmin(ServiceAdmin):
    list_display = ["name", "property", "suite", "invoice_type", "day_of_month", "active", "public_id"]
    list_filter = [*OF_PROPERTY, "invoice_type", "active"]
    list_select_related = ["property", "suite"]
    search_fields = ["name", "public_id__exact", "suite__name", *FIND_PROPERTY]
    sortable_by = ()
    ordering = ["-pk"]
    autocomplete_fields = ["property", "suite"]
    readonly_fields = ["public_id", "active_since", "settled_until", "created", "updated"]
    fixed_fields = ("property",)
    fieldsets = [
        (None, {"fields": ["property", "suite", "name", "address", "invoice_type", "day_of_month", "active"]}),
        (_("Record"), {"fields": ["public_id", "active_since", "settled_until", "created", "updated"]}),
    ]
    add_fieldsets = fieldsets[:1]

    def create(self, row: Service, values: dict[str, Any]) -> Service:
        return services.create_service(**values)

    def update(self, row: Service, changes: dict[str, Any]) -> Service:
        return services.update_service(service=row, now=timezone.now(), **changes)

    def delete(self, row: Service) -> None:
        services.delete_service(service=row)


class LineInline(ReadOnlyInline):
    model = InvoiceLine
    fields = ["description", "utility", "quantity", "rate", "share", "total_quantity", "total_amount", "amount"]


class MailInline(ReadOnlyInline):
    model = InvoiceMail
    fields = ["email", "name", "status", "attempts", "next_attempt", "sent", "last_error"]


@admin.register(Invoice)
class InvoiceAdmin(ReadOnly, PlatformAdmin):
    """As issued. What is wrong is corrected by a new document, never here."""

    list_display = ["number", "company", "property", "suite_name", "period_start", "total", "due", "paid", "email_sent"]
    list_filter = [
        ("company", AutocompleteSelectFilter),
        *OF_PROPERTY,
        "invoice_type",
        ("period_start", RangeDateFilter),
        ("due", RangeDateFilter),
        ("paid", admin.EmptyFieldListFilter),
        ("email_sent", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["company", "property"]
    search_fields = ["number__exact", "public_id__exact", "suite__name", "company__name", *FIND_PROPERTY]
    search_help_text = _("Number, ID, suite, property or company")
    sortable_by = ()
    ordering = ["-pk"]
    inlines = [LineInline, MailInline]
    fieldsets = [
        (None, {"fields": ["number", "public_id", "company", "property", "suite", "service", "invoice_type"]}),
        (_("Period"), {"fields": ["period_start", "period_end", "due", "paid", "email_sent"]}),
        (_("Amounts"), {"fields": ["subtotal", "tax_rate", "tax", "total"]}),
        (
            _("As issued"),
            {
                "fields": [
                    "company_name",
                    "tax_number",
                    "invoice_from",
                    "property_name",
                    "property_address",
                    "timezone",
                    "suite_name",
                    "service_name",
                    "service_address",
                    "service_reference",
                    "recipients",
                    "filename",
                    "created",
                ]
            },
        ),
    ]


@admin.register(InvoiceMail)
class InvoiceMailAdmin(ReadOnly, PlatformAdmin):
    """What is on its way to tenants, and what stands in its way."""

    list_display = ["invoice", "email", "status", "attempts", "next_attempt", "sent", "last_error"]
    list_filter = ["status", ("next_attempt", RangeDateFilter)]
    list_select_related = ["invoice"]
    search_fields = ["email", "invoice__public_id__exact"]
    search_help_text = _("Email, or an invoice's ID")
    sortable_by = ()
    ordering = ["-pk"]


@admin.register(InvoiceSequence)
class InvoiceSequenceAdmin(ReadOnly, PlatformAdmin):
    """The last invoice number of each company."""

    list_display = ["company", "last_number"]
    list_select_related = ["company"]
    search_fields = ["company__name"]


class TemplateForm(forms.ModelForm):
    """A property and the .odt that its invoices are to be made from."""

    file = forms.FileField(
        label=_("Template"),
        help_text=_("An .odt file of at most 2 MiB with placeholders such as {{ total }}."),
        widget=UnfoldAdminFileFieldWidget,
    )

    class Meta:
        model = InvoiceTemplate
        fields = ["property"]


@admin.register(InvoiceTemplate)
class InvoiceTemplateAdmin(ServiceAdmin):
    """Properties' own invoice templates: those in force, and those that issued invoices were made from."""

    form = TemplateForm
    list_display = ["property", "created", "ended", "size"]
    list_filter = [*OF_PROPERTY, ("ended", admin.EmptyFieldListFilter)]
    list_select_related = ["property"]
    search_fields = FIND_PROPERTY
    autocomplete_fields = ["property"]
    readonly_fields = ["created", "ended", "size", "digest", "download"]
    extra_values = ("file",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[InvoiceTemplate]:
        rows: QuerySet[InvoiceTemplate] = super().get_queryset(request)
        return rows.defer("document")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["property", "file"] if obj is None else ["property", *self.readonly_fields]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.ended is None) and super().has_delete_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.download_view)
        return [path("<int:pk>/document", view, name="billing_invoicetemplate_document"), *super().get_urls()]

    @admin.display(description=_("document"))
    def download(self, row: InvoiceTemplate) -> str:
        address = reverse("admin:billing_invoicetemplate_document", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, _("Download"))

    def download_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(InvoiceTemplate, pk=pk)
        named = {"Content-Disposition": 'attachment; filename="invoice-template.odt"'}
        return HttpResponse(bytes(row.document), content_type=MEDIA_TYPES["odt"], headers=named)

    def create(self, row: InvoiceTemplate, values: dict[str, Any]) -> InvoiceTemplate:
        document = values["file"].read(LARGEST + 1)
        return services.replace_template(property=values["property"], document=document, now=timezone.now())

    def delete(self, row: InvoiceTemplate) -> None:
        services.drop_template(property=row.property, now=timezone.now())


admin.site.unregister(Suite)


@admin.register(Suite)
class BilledSuiteAdmin(SuiteAdmin):
    """Suites, which billing lets go only while no invoice names them: metering knows no invoices."""

    def delete(self, row: Suite) -> None:
        services.delete_suite(suite=row)

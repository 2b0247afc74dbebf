"""The addresses of billing under `/api/v1`; the reference's examples call some by other names (decisions, section 1)."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from billing.api.invoices import InvoiceFileViewSet, InvoiceViewSet
from billing.api.templates import TemplateViewSet
from billing.api.views import (
    ConstantsViewSet,
    FeeViewSet,
    ServiceViewSet,
    SuiteViewSet,
    TenantSuiteViewSet,
    TenantViewSet,
)

VIEWS: list[tuple[tuple[str, ...], Callable[..., Any]]] = [
    (("billing/constants", "constants"), ConstantsViewSet.as_view({"get": "list", "put": "update"})),
    (
        ("billing/fee", "fee"),
        FeeViewSet.as_view({"get": "list", "post": "create", "put": "update", "delete": "destroy"}),
    ),
    (("billing/feeFlush", "feeFlush"), FeeViewSet.as_view({"post": "flush"})),
    (
        ("billing/invoice", "invoice"),
        InvoiceViewSet.as_view({"get": "list", "put": "update", "post": "generate"}),
    ),
    (
        ("billing/invoice/<str:name>", "invoiceFile", "invoiceFile/<str:name>"),
        InvoiceFileViewSet.as_view({"get": "download"}),
    ),
    (
        ("billing/service", "service"),
        ServiceViewSet.as_view({"get": "list", "post": "create", "put": "update", "delete": "destroy"}),
    ),
    (
        ("billing/suite", "suite"),
        SuiteViewSet.as_view({"get": "list", "post": "create", "put": "update", "delete": "destroy"}),
    ),
    (
        ("billing/template",),
        TemplateViewSet.as_view({"get": "download", "put": "replace", "delete": "destroy"}),
    ),
    (
        ("billing/tenant", "tenant"),
        TenantViewSet.as_view({"get": "list", "post": "create", "put": "update", "delete": "destroy"}),
    ),
    (
        ("billing/tenant-suite", "tenantSuite"),
        TenantSuiteViewSet.as_view({"get": "list", "post": "create", "delete": "destroy"}),
    ),
]

urlpatterns: list[URLPattern] = [path(address, view) for addresses, view in VIEWS for address in addresses]

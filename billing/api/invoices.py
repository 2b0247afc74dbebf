"""The endpoints of invoices and their files (reference, Invoice and Invoice File)."""

from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from rest_framework import status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from billing import issuing, services
from billing.api import described
from billing.api.base import BillingViewSet
from billing.api.filters import InvoiceFilter
from billing.api.serializers import GenerateSerializer, InvoiceSerializer
from billing.documents import MEDIA_TYPES, invoice_file
from billing.models import Invoice, Service
from metering.models import Suite


class InvoiceViewSet(BillingViewSet):
    """Issued invoices, newest first; they can be marked as paid, and missing ones generated."""

    queryset = Invoice.objects.select_related("property", "suite")
    serializer_class = InvoiceSerializer
    filterset_class = InvoiceFilter
    property_required = frozenset({"list", "update", "generate"})
    answers_in_list = frozenset({"generate"})
    body_serializers: ClassVar[dict[str, Any]] = {"update": None, "generate": GenerateSerializer}
    described = described.INVOICE
    id_filters: ClassVar[dict[str, Any]] = {
        "suite": (Suite.objects, "suite"),
        "service": (Service.objects, "service"),
    }
    scopes: ClassVar[dict[str, str]] = {
        "list": "billing:invoice:read",
        "update": "billing:invoice:update",
        "generate": "billing:invoice:generate",
    }

    def perform_update(self, instance: Invoice, data: dict[str, Any]) -> Invoice:
        return services.mark_paid(invoice=instance, now=timezone.now())

    def generate(self, request: Request) -> Response:
        """Issue what is missing of a month; the invoices of the month, those that were there already among them."""
        invoices = issuing.issue_month(property=self.chosen, now=timezone.now(), **self.valid())
        return Response(self.get_serializer(invoices, many=True).data, status=status.HTTP_201_CREATED)


class InvoiceFileViewSet(BillingViewSet):
    """An invoice as a file, by its name: `.odt`, or the same name with `.pdf`. The name comes in path or query."""

    queryset = Invoice.objects.select_related("company", "property")
    serializer_class = InvoiceSerializer
    property_required: ClassVar[frozenset[str]] = frozenset()
    described = described.INVOICE_FILE
    scopes: ClassVar[dict[str, str]] = {"download": "billing:invoice:view"}

    def download(self, request: Request, name: str | None = None) -> FileResponse:
        name = name or request.query_params.get("name")
        if not name:
            raise ValidationError({"name": ["This parameter is required: the name of the invoice file."]})
        stem, _, kind = name.rpartition(".")
        invoice = self.get_queryset().filter(filename=f"{stem}.odt").first() if kind in MEDIA_TYPES else None
        if invoice is None:
            raise NotFound(f"There is no invoice file {name[:100]}, or none you may see.")
        return FileResponse(
            invoice_file(invoice, kind), as_attachment=True, filename=name, content_type=MEDIA_TYPES[kind]
        )

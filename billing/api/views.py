"""Billing's endpoints: constants, fees, services, suites, tenants and bindings (reference, Billing)."""

from typing import Any, ClassVar

from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from billing import services
from billing.api import described
from billing.api.base import BillingViewSet, PropertyFromBody
from billing.api.filters import FeeFilter, ServiceFilter, SuiteFilter, TenantFilter
from billing.api.serializers import (
    ConstantsSerializer,
    FeeSerializer,
    ServiceSerializer,
    SuiteSerializer,
    TenantSerializer,
    TenantSuiteSerializer,
)
from billing.models import Constants, Fee, Service, Tenant
from metering import services as metering
from metering.models import Property, Suite


class ConstantsViewSet(PropertyFromBody):
    """The rates, tax and terms of each property."""

    queryset = Constants.objects.select_related("property")
    serializer_class = ConstantsSerializer
    id_parameter = "property"
    id_required: ClassVar[frozenset[str]] = frozenset()
    property_required: ClassVar[frozenset[str]] = frozenset()
    described = described.CONSTANTS
    scopes: ClassVar[dict[str, str]] = {"list": "billing:constant:read", "update": "billing:constant:update"}

    def resolve(self) -> None:
        self.filtered_by = {}
        self.property = self.find("property", Property.objects)

    def update(self, request: Request) -> Response:
        owner = self.resolve_in_body()
        constants = self.get_queryset().get(property=owner)
        return self.answer(services.update_constants(constants=constants, **self.valid(constants)))


class FeeViewSet(PropertyFromBody):
    """The flat fees that every invoice of a property carries while they are active."""

    queryset = Fee.objects.select_related("property")
    serializer_class = FeeSerializer
    filterset_class = FeeFilter
    property_required = frozenset({"list", "update", "destroy", "flush"})
    answers_in_list = frozenset({"flush"})
    described = described.FEE
    scopes: ClassVar[dict[str, str]] = {
        "list": "billing:fee:read",
        "create": "billing:fee:write",
        "flush": "billing:fee:write",
        "update": "billing:fee:update",
        "destroy": "billing:fee:delete",
    }

    def create(self, request: Request) -> Response:
        self.resolve_in_body()
        return super().create(request)

    def flush(self, request: Request) -> Response:
        """Put the body's list of fees in the place of all that the property has."""
        problem = {"not_a_list": "Must be a JSON list of fees."}
        given = self.get_serializer(data=request.data, many=True, error_messages=problem)
        given.is_valid(raise_exception=True)
        fees = services.flush_fees(property=self.chosen, fees=given.validated_data)
        return Response(self.get_serializer(fees, many=True).data, status=status.HTTP_201_CREATED)

    def perform_create(self, data: dict[str, Any]) -> Fee:
        return services.create_fee(property=self.chosen, **data)

    def perform_update(self, instance: Fee, data: dict[str, Any]) -> Fee:
        return services.update_fee(fee=instance, **data)

    def perform_destroy(self, instance: Fee) -> None:
        services.delete_fee(fee=instance)


class ServiceViewSet(BillingViewSet):
    """The standing orders that generate invoices."""

    queryset = Service.objects.select_related("property", "suite")
    serializer_class = ServiceSerializer
    filterset_class = ServiceFilter
    described = described.SERVICE
    scopes: ClassVar[dict[str, str]] = {
        "list": "billing:service:read",
        "create": "billing:service:create",
        "update": "billing:service:update",
        "destroy": "billing:service:delete",
    }

    def perform_create(self, data: dict[str, Any]) -> Service:
        return services.create_service(property=self.chosen, **data)

    def perform_update(self, instance: Service, data: dict[str, Any]) -> Service:
        return services.update_service(service=instance, now=timezone.now(), **data)

    def perform_destroy(self, instance: Service) -> None:
        services.delete_service(service=instance)


class SuiteViewSet(BillingViewSet):
    """The suites of a property."""

    queryset = Suite.objects.select_related("property")
    serializer_class = SuiteSerializer
    filterset_class = SuiteFilter
    described = described.SUITE
    scopes: ClassVar[dict[str, str]] = {
        "list": "billing:suite:read",
        "create": "billing:suite:create",
        "update": "billing:suite:update",
        "destroy": "billing:suite:delete",
    }

    def perform_create(self, data: dict[str, Any]) -> Suite:
        return metering.create_suite(property=self.chosen, **data)

    def perform_update(self, instance: Suite, data: dict[str, Any]) -> Suite:
        return metering.update_suite(suite=instance, **data)

    def perform_destroy(self, instance: Suite) -> None:
        services.delete_suite(suite=instance)


class TenantViewSet(BillingViewSet):
    """The people who get invoices by mail."""

    queryset = Tenant.objects.select_related("property")
    serializer_class = TenantSerializer
    filterset_class = TenantFilter
    described = described.TENANT
    scopes: ClassVar[dict[str, str]] = {
        "list": "billing:tenant:read",
        "create": "billing:tenant:create",
        "update": "billing:tenant:update",
        "destroy": "billing:tenant:delete",
    }

    def perform_create(self, data: dict[str, Any]) -> Tenant:
        return services.create_tenant(property=self.chosen, **data)

    def perform_update(self, instance: Tenant, data: dict[str, Any]) -> Tenant:
        return services.update_tenant(tenant=instance, **data)

    def perform_destroy(self, instance: Tenant) -> None:
        services.delete_tenant(tenant=instance)


class TenantSuiteViewSet(BillingViewSet):
    """Which tenants get what is billed for which suites. The list is of a suite's tenants, or of a tenant's suites."""

    serializer_class = TenantSuiteSerializer
    answers_nothing = frozenset({"create", "destroy"})
    described = described.TENANT_SUITE
    scopes: ClassVar[dict[str, str]] = {
        "list": "billing:tenant-suite:read",
        "create": "billing:tenant-suite:create",
        "destroy": "billing:tenant-suite:delete",
    }

    tenant: Tenant | None = None
    suite: Suite | None = None

    def named_ids(self) -> dict[str, bool]:
        named = () if self.action == "create" else ("tenant", "suite")
        return super().named_ids() | dict.fromkeys(named, self.action == "destroy")

    def resolve(self) -> None:
        super().resolve()
        self.tenant = self.find("tenant", self.narrowed(Tenant.objects))
        self.suite = self.find("suite", self.narrowed(Suite.objects))

    def get_queryset(self) -> Any:
        if self.suite is not None:
            return Tenant.objects.visible_to(self.request.user).filter(suites=self.suite).select_related("property")
        return Suite.objects.visible_to(self.request.user).filter(tenants=self.tenant).select_related("property")

    def get_serializer_class(self) -> Any:
        if self.action != "list":
            return TenantSuiteSerializer
        return TenantSerializer if self.suite is not None else SuiteSerializer

    def list(self, request: Request) -> HttpResponseBase:
        if (self.tenant is None) == (self.suite is None):
            raise ValidationError("Exactly one of the parameters tenant and suite is required.")
        return super().list(request)

    def perform_create(self, data: dict[str, Any]) -> Any:
        return services.bind_tenant(**data)

    def destroy(self, request: Request) -> Response:
        missing = {name: ["This parameter is required."] for name in ("tenant", "suite") if not getattr(self, name)}
        if missing or self.tenant is None or self.suite is None:
            raise ValidationError(missing)
        services.unbind_tenant(tenant=self.tenant, suite=self.suite)
        return Response(status=status.HTTP_204_NO_CONTENT)

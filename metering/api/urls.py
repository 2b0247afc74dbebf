"""The addresses of `/api/v1` that metering serves."""

from django.urls import path

from metering.api.permissions import PermissionViewSet
from metering.api.read_views import ReadViewSet
from metering.api.views import MeterViewSet, PropertyInfoViewSet

urlpatterns = [
    path("read", ReadViewSet.as_view({"get": "list", "post": "create"}), name="api-read"),
    path("company/permission", PermissionViewSet.as_view({"get": "list", "put": "update"}), name="api-permission"),
    path("meter", MeterViewSet.as_view({"get": "list", "put": "update"}), name="api-meter"),
    path("property", PropertyInfoViewSet.as_view({"get": "list", "put": "update"}), name="api-property"),
]

"""The addresses of `/api/v1` that reporting serves."""

from django.urls import path

from reporting.api.views import IntervalViewSet, PeriodConsumptionViewSet

urlpatterns = [
    path(
        "reports/period-consumption", PeriodConsumptionViewSet.as_view({"get": "list"}), name="api-period-consumption"
    ),
    path("reports/interval", IntervalViewSet.as_view({"get": "list"}), name="api-interval"),
]

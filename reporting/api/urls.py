"""The addresses of `/api/v1` that reporting serves; the reference gives schedules two (decisions, section 1)."""

from django.urls import path

from reporting.api.count_views import CountsViewSet
from reporting.api.schedules import GenerationViewSet, ScheduleViewSet
from reporting.api.views import (
    DailyGrandTotalViewSet,
    IntervalViewSet,
    PeriodConsumptionViewSet,
    SingleGrandTotalViewSet,
)

schedules = ScheduleViewSet.as_view({"get": "list", "post": "create", "put": "update", "delete": "destroy"})
generate = GenerationViewSet.as_view({"get": "generate"})
poll = GenerationViewSet.as_view({"get": "poll"})

urlpatterns = [
    path(
        "reports/period-consumption", PeriodConsumptionViewSet.as_view({"get": "list"}), name="api-period-consumption"
    ),
    path("reports/single-grand-total", SingleGrandTotalViewSet.as_view({"get": "list"}), name="api-single-grand-total"),
    path("reports/daily-grand-total", DailyGrandTotalViewSet.as_view({"get": "list"}), name="api-daily-grand-total"),
    path("reports/interval", IntervalViewSet.as_view({"get": "list"}), name="api-interval"),
    path("reports/counts", CountsViewSet.as_view({"get": "list"}), name="api-counts"),
    path("reports/schedule", schedules, name="api-schedule"),
    path("reports/schedule/generate", generate, name="api-schedule-generate"),
    path("reports/schedule/poll", poll, name="api-schedule-poll"),
    path("reports/reports/schedule", schedules),
    path("reports/reports/schedule/generate", generate),
    path("reports/reports/schedule/poll", poll),
]

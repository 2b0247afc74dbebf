"""Where meters are shown."""

from django.urls import path

from metering import views

urlpatterns = [
    path("properties/<slug:public_id>/meters", views.LiveMeters.as_view(), name="property-meters"),
    path("meters/<slug:public_id>", views.MeterPage.as_view(), name="meter"),
]

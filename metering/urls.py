"""Where meters are shown."""

from django.urls import path

from metering import views
from metering.portal import chart_views, import_pages, meter_pages, permission_pages, review_pages

urlpatterns = [
    path("properties/<slug:public_id>/meters", views.LiveMeters.as_view(), name="property-meters"),
    path("meters/<slug:public_id>", views.MeterPage.as_view(), name="meter"),
    path("meters", meter_pages.MeterList.as_view(), name="meters"),
    path("meters/<slug:public_id>/edit", meter_pages.MeterEdit.as_view(), name="meter-edit"),
    path("meters/<slug:public_id>/reads/new", meter_pages.ReadAdd.as_view(), name="read-add"),
    path(
        "settings/users/<slug:public_id>/properties", permission_pages.PermissionEdit.as_view(), name="user-properties"
    ),
    path("review", review_pages.Review.as_view(), name="review"),
    path("review/mark", review_pages.ReviewMark.as_view(), name="review-mark"),
    path("imports", import_pages.ImportList.as_view(), name="imports"),
    path("imports/new", import_pages.ImportStart.as_view(), name="import-start"),
    path("imports/<slug:public_id>", import_pages.ImportPage.as_view(), name="import"),
    path("imports/<slug:public_id>/rows.csv", import_pages.ImportNotes.as_view(), name="import-notes"),
    path("imports/<slug:public_id>/discard", import_pages.ImportDiscard.as_view(), name="import-discard"),
    path("properties/<slug:public_id>/import", import_pages.ImportAdd.as_view(), name="import-add"),
    path("compare", chart_views.Compare.as_view(), name="compare"),
    path("compare/series", chart_views.Series.as_view(), name="series"),
]

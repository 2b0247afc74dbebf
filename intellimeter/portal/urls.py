"""Where the portal begins."""

from django.urls import path

from intellimeter.portal import views

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("properties/<slug:public_id>", views.PropertyPage.as_view(), name="property"),
    path("suites/<slug:public_id>", views.SuitePage.as_view(), name="suite"),
]

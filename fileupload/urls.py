"""Where file upload is set up and looked after."""

from django.urls import path

from fileupload.portal import pages, sample_pages

urlpatterns = [
    path("settings/file-upload", pages.Destinations.as_view(), name="file-upload"),
    path("settings/file-upload/deliveries", pages.DeliveryList.as_view(), name="deliveries"),
    path(
        "settings/file-upload/deliveries/<uuid:delivery_id>/resend",
        pages.DeliveryResend.as_view(),
        name="delivery-resend",
    ),
    path("settings/file-upload/<slug:public_id>/http", pages.HttpEdit.as_view(), name="http-edit"),
    path("settings/file-upload/<slug:public_id>/http/stop", pages.HttpDisable.as_view(), name="http-stop"),
    path("settings/file-upload/<slug:public_id>/http/sample", sample_pages.HttpSample.as_view(), name="http-sample"),
    path("settings/file-upload/<slug:public_id>/ftps", pages.FtpsEdit.as_view(), name="ftps-edit"),
    path("settings/file-upload/<slug:public_id>/ftps/stop", pages.FtpsDisable.as_view(), name="ftps-stop"),
    path("settings/file-upload/<slug:public_id>/ftps/sample", sample_pages.FtpsSample.as_view(), name="ftps-sample"),
]

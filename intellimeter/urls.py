"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from intellimeter.portal.views import favicon

urlpatterns = [
    path("api/v1/", include("intellimeter.api_urls")),  # first, since programs ask most
    path("favicon.ico", favicon),
    path("", include("accounts.urls")),
    path("", include("accounts.oauth.urls")),
    path("", include("intellimeter.portal.urls")),
    path("", include("metering.urls")),
    path("", include("billing.urls")),
    path("", include("reporting.urls")),
    path("", include("fileupload.urls")),
    path("", include("billing.outbox_urls")),
    path("admin/", admin.site.urls),
]

# What reaches no view still answers in the shape of its part: JSON under /api, a page elsewhere
handler400 = "intellimeter.common.api.errors.bad_request"
handler404 = "intellimeter.common.api.errors.page_not_found"
handler500 = "intellimeter.common.api.errors.server_error"

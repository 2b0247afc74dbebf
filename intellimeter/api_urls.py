"""The addresses of `/api/v1`, without a trailing slash (decisions, section 1)."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.api.urls")),
    path("", include("metering.api.urls")),
    path("", include("reporting.api.urls")),
    path("", include("billing.api.urls")),
    path("", include("fileupload.api.urls")),
    path("", include("intellimeter.api_docs.urls")),
    path("", include("intellimeter.help.urls")),
]

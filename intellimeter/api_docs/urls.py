"""The addresses of the API's description."""

from django.urls import path

from intellimeter.api_docs.views import RedocView, SchemaView, SwaggerRedirectView, SwaggerView

urlpatterns = [
    path("schema", SchemaView.as_view(), name="api-schema"),
    path("docs", SwaggerView.as_view(), name="api-docs"),
    path("docs/oauth2-redirect", SwaggerRedirectView.as_view(), name="api-docs-redirect"),
    path("docs/redoc", RedocView.as_view(), name="api-redoc"),
]

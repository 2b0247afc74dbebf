"""The standard OAuth endpoints, their metadata, and the page where a device's code is typed.

The names are the toolkit's: its views look each other up by them.
"""

from django.urls import include, path

from accounts.oauth import standard
from accounts.oauth.authorization import AuthorizationPage
from accounts.oauth.device_page import DevicePage

standard_endpoints = [
    path("o/authorize/", AuthorizationPage.as_view(), name="authorize"),
    path("o/token/", standard.TokenView.as_view(), name="token"),
    path("o/revoke/", standard.RevokeView.as_view(), name="revoke-token"),
    path("o/introspect/", standard.IntrospectView.as_view(), name="introspect"),
    path("o/device-authorization/", standard.DeviceAuthorizationView.as_view(), name="device-authorization"),
    path(".well-known/oauth-authorization-server", standard.MetadataView.as_view(), name="oauth-server-metadata"),
]
urlpatterns = [
    path("", include((standard_endpoints, "oauth2_provider"))),
    path("device", DevicePage.as_view(), name="device"),
]

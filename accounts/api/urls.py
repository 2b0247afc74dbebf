"""The addresses of accounts under `/api/v1`."""

from django.urls import path

from accounts.api.views import ApplicationViewSet, CompanyViewSet, OwnUserViewSet, UserViewSet
from accounts.oauth.authorization import AuthorizationPage
from accounts.oauth.views import AuthView

EVERY = {"get": "list", "post": "create", "put": "update", "delete": "destroy"}

urlpatterns = [
    path("auth", AuthView.as_view(), name="auth"),
    path("auth/authorization", AuthorizationPage.as_view(), name="auth-authorization"),
    path("application", ApplicationViewSet.as_view(EVERY)),
    path("company", CompanyViewSet.as_view({"get": "retrieve", "put": "update"})),
    path("user", OwnUserViewSet.as_view({"get": "retrieve", "put": "update"})),
    path("users", UserViewSet.as_view(EVERY)),
]

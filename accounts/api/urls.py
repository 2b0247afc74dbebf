"""The addresses of accounts under `/api/v1`."""

from django.urls import path

from accounts.oauth.views import AuthView

urlpatterns = [path("auth", AuthView.as_view(), name="auth")]

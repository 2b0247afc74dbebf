"""Where people sign in and out."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("sign-in", views.SignIn.as_view(), name="sign-in"),
    path("sign-out", views.SignOut.as_view(), name="sign-out"),
    path("admin/login/", views.staff_sign_in),
]

"""Where people sign in and out, choose passwords, and set up their account and company."""

from django.urls import path

from accounts import views
from accounts.portal import applications, consents, log, pages, password_reset

doors = [
    path("sign-in", views.SignIn.as_view(), name="sign-in"),
    path("sign-out", views.SignOut.as_view(), name="sign-out"),
    path("admin/login/", views.staff_sign_in),
    path("password/forgotten", password_reset.PasswordForgotten.as_view(), name="password-forgotten"),
    path("password/mailed", password_reset.PasswordMailed.as_view(), name="password-mailed"),
    path("password/new/<uidb64>/<token>", password_reset.PasswordNew.as_view(), name="password-new"),
]
settings = [
    path("settings/account", pages.Account.as_view(), name="account"),
    path("settings/password", pages.Password.as_view(), name="password"),
    path("settings/consents", consents.ConsentList.as_view(), name="consents"),
    path("settings/consents/<slug:public_id>/revoke", consents.ConsentRevoke.as_view(), name="consent-revoke"),
    path("settings/applications", applications.ApplicationList.as_view(), name="applications"),
    path("settings/applications/new", applications.ApplicationAdd.as_view(), name="application-add"),
    path("settings/applications/<slug:public_id>", applications.ApplicationEdit.as_view(), name="application"),
    path(
        "settings/applications/<slug:public_id>/secret",
        applications.ApplicationSecret.as_view(),
        name="application-secret",
    ),
    path(
        "settings/applications/<slug:public_id>/delete",
        applications.ApplicationDelete.as_view(),
        name="application-delete",
    ),
    path("settings/audit-log", log.AuditLog.as_view(), name="audit-log"),
    path("settings/audit-log.csv", log.AuditLogCsv.as_view(), name="audit-log-csv"),
    path("settings/company", pages.CompanySettings.as_view(), name="company"),
    path("settings/users", pages.UserList.as_view(), name="users"),
    path("settings/users/new", pages.UserAdd.as_view(), name="user-add"),
    path("settings/users/<slug:public_id>", pages.UserEdit.as_view(), name="user"),
    path("settings/users/<slug:public_id>/delete", pages.UserDelete.as_view(), name="user-delete"),
]
urlpatterns = doors + settings

"""A forgotten password: a link by mail, good once and for a day. Whether an email is known, no answer tells."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.db import transaction
from django.urls import reverse_lazy

from accounts.attempts import attempt
from accounts.tasks import send_password_reset
from intellimeter.common.portal.forms import DressedField

MAILS_AN_HOUR = 5
HOUR = timedelta(hours=1)


class ResetForm(PasswordResetForm):
    """Asks for the email. The mail is a worker's to make and send, so a stranger's address is answered no sooner."""

    bound_field_class = DressedField

    def save(self, **_options: Any) -> None:  # type: ignore[override] # the worker knows what the options would say
        """Have the link mailed, unless this address was written to often enough for now."""
        email = self.cleaned_data["email"]
        if attempt(f"password-reset:{email.lower()}", most=MAILS_AN_HOUR, within=HOUR):
            for user in self.get_users(email):
                transaction.on_commit(partial(send_password_reset.delay, user.pk))


class NewPasswordForm(SetPasswordForm):
    """The new password, twice."""

    bound_field_class = DressedField


class PasswordForgotten(views.PasswordResetView):
    """Asks whom to write to."""

    template_name = "accounts/password_forgotten.html"
    form_class = ResetForm
    success_url = reverse_lazy("password-mailed")


class PasswordMailed(views.PasswordResetDoneView):
    """Says that a mail is on its way, if the address is one of ours."""

    template_name = "accounts/password_mailed.html"


class PasswordNew(views.PasswordResetConfirmView):
    """The page behind the link. The other sessions of the person end with their old password."""

    template_name = "accounts/password_new.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("sign-in")

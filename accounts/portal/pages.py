"""Settings: my account, the company, its users."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from accounts.filters import UserFilter
from accounts.models import Company, User
from accounts.portal.forms import AccountForm, CompanyForm, PasswordForm, UserForm
from accounts.services import create_user, delete_user, update_company, update_user
from intellimeter.common.portal.forms import ConfirmPage, FormPage
from intellimeter.common.portal.pages import PortalPage

ROWS_ON_A_PAGE = 50


class Account(FormPage):
    """One's own name and email."""

    section = "settings"
    setting = "account"
    scope = "uac:user:update"
    form_class = AccountForm
    template_name = "accounts/settings_form.html"
    title = gettext_lazy("My account")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.user, name) for name in AccountForm.base_fields}

    def perform(self, form: AccountForm) -> None:
        update_user(user=User.objects.get(pk=self.user.pk), **form.cleaned_data)

    def back(self) -> str:
        return reverse("account")


class Password(FormPage):
    """A new password for oneself; this session goes on, all others end."""

    section = "settings"
    setting = "password"
    scope = "uac:user:update"
    form_class = PasswordForm
    template_name = "accounts/settings_form.html"
    title = gettext_lazy("Password")
    done = gettext_lazy("The new password holds from now on; your other sessions are signed out.")

    def perform(self, form: PasswordForm) -> None:
        user = update_user(user=User.objects.get(pk=self.user.pk), password=form.cleaned_data["password"])
        update_session_auth_hash(self.request, user)

    def back(self) -> str:
        return reverse("account")


class CompanySettings(FormPage):
    """The company's name, tax number and time zone."""

    section = "settings"
    setting = "company"
    scope = "company:info:update"
    form_class = CompanyForm
    template_name = "accounts/settings_form.html"
    title = gettext_lazy("Company")

    @cached_property
    def company(self) -> Company:
        """The company of whoever looks."""
        return Company.objects.visible_to(self.user).get()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"company": self.company}

    def perform(self, form: CompanyForm) -> None:
        update_company(company=self.company, **form.cleaned_data)

    def back(self) -> str:
        return reverse("company")


class UserList(PortalPage, ListView):
    """The people of the company."""

    section = "settings"
    setting = "users"
    scope = "uac:users:read"
    template_name = "accounts/users.html"
    context_object_name = "users"
    paginate_by = ROWS_ON_A_PAGE

    @cached_property
    def filter(self) -> UserFilter:
        return UserFilter(self.request.GET, queryset=User.objects.visible_to(self.user), request=self.request)

    def get_queryset(self) -> QuerySet[User]:
        return self.filter.qs if self.filter.is_valid() else User.objects.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"filter": self.filter}


class UserPage(FormPage):
    """What the pages that change a user share."""

    section = "settings"
    setting = "users"
    form_class = UserForm
    template_name = "accounts/settings_form.html"

    def rows(self) -> QuerySet[User]:
        return User.objects.visible_to(self.user)

    def back(self) -> str:
        return reverse("users")


class UserAdd(UserPage):
    """A new person. Without a password they choose one themselves, by "Forgot the password?"."""

    scope = "uac:users:create"
    title = gettext_lazy("New user")
    done = gettext_lazy("The user is added.")

    def perform(self, form: UserForm) -> None:
        create_user(company=self.user.company, **form.cleaned_data)


class UserEdit(UserPage):
    """Another's name, email, rights and, where they are locked out, password."""

    scope = "uac:users:update"
    done = gettext_lazy("The user is saved.")

    def heading(self) -> str:
        return str(self.object.get_full_name())

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in UserForm.base_fields if name != "password"}

    def perform(self, form: UserForm) -> None:
        update_user(user=self.object, by=self.user, **form.cleaned_data)


class UserDelete(ConfirmPage):
    """Asks before a person goes."""

    section = "settings"
    scope = "uac:users:delete"
    question = gettext_lazy("Delete the user %(name)s?")
    done = gettext_lazy("The user is deleted.")

    def rows(self) -> QuerySet[User]:
        return User.objects.visible_to(self.user)

    def consequences(self) -> list[str]:
        return [
            _("They cannot sign in any more, and their sessions end."),
            _("Their API applications, with every token, stop working at once."),
            _("The audit log keeps what they did, under their email."),
        ]

    def perform(self) -> None:
        delete_user(user=self.object, by=self.user)

    def back(self) -> str:
        return reverse("users")

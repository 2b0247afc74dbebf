"""What can be done to companies, people and programs. Every door uses these: API, portal, admin, provisioning."""

from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from oauth2_provider.models import clear_expired

from accounts.audit import record_email_alone
from accounts.models import AccessToken, Application, Attempt, Company, DeviceGrant, Grant, RefreshToken, User
from accounts.redirects import checked_redirect_uris
from accounts.scopes import UnknownScopeError, expand, in_order
from intellimeter.common.errors import Conflict, DomainError

RESET_HOURS = settings.PASSWORD_RESET_TIMEOUT // 3600


class UserFields(TypedDict, total=False):
    """What can be said of a user."""

    email: str
    first_name: str
    last_name: str
    is_admin: bool
    is_active: bool
    is_staff: bool
    all_properties: bool


@transaction.atomic
def create_company(*, name: str, timezone: str = "America/Toronto", tax_number: str = "") -> Company:
    """A new tenant of the platform."""
    company = Company(name=name, timezone=timezone, tax_number=tax_number)
    _check(company)
    company.save()
    return company


@transaction.atomic
def update_company(*, company: Company, **changes: Any) -> Company:
    """Change `name`, `timezone` or `tax_number`."""
    _assign(company, changes, known={"name", "timezone", "tax_number"})
    _check(company)
    company.save()
    return company


@transaction.atomic
def create_user(*, company: Company | None, password: str | None, **fields: Unpack[UserFields]) -> User:
    """A person with a login; without a password nobody can sign in as them until one is set.

    DomainError for a weak password or a field that is not valid; Conflict where the email is taken, in whatever case.
    """
    user = User(company=company, **fields)
    user.email = User.objects.normalize_email(user.email)
    _set_password(user, password)
    _check(user)
    _refuse_taken(user)
    user.save()
    return user


@transaction.atomic
def update_user(
    *, user: User, by: User | None = None, password: str | None = None, **changes: Unpack[UserFields]
) -> User:
    """Change what is given; whom it makes inactive loses every token at once.

    Conflict where that would leave the company without an active admin, where the email is taken, or where `by`, who asks,
    may not manage the user.
    """
    _refuse_stranger(user, by)
    _lock_admins(user)
    was_last, was_active = _is_last_admin(user), user.is_active
    _assign(user, dict(changes), known=set(UserFields.__annotations__))
    if "email" in changes:
        user.email = User.objects.normalize_email(user.email)
    if password is not None:
        _set_password(user, password)
    _check(user)
    if was_last and not (user.is_admin and user.is_active):
        raise _last_admin(user)
    if "email" in changes:
        _refuse_taken(user)
    user.save()
    if was_active and not user.is_active:
        _revoke_tokens(user)
    return user


@transaction.atomic
def delete_user(*, user: User, by: User | None = None) -> None:
    """Remove a person with all that is theirs alone: applications, tokens, scheduled reports.

    Conflict for the last admin, and where `by`, who asks, may not manage the user. The audit log keeps their email.
    """
    _refuse_stranger(user, by)
    _lock_admins(user)
    if _is_last_admin(user):
        raise _last_admin(user)
    record_email_alone(user)
    user.delete()


@transaction.atomic
def create_application(
    *,
    user: User,
    name: str,
    scopes: str,
    redirect_uris: Iterable[str] = (),
    public: bool = False,
    client_id: str | None = None,
    client_secret: str | None = None,
) -> tuple[Application, str]:
    """A program that may ask for tokens, and its secret, which is told this once: only its hash is kept.

    `scopes` may have wildcards; what they stand for today is kept. DomainError for an unknown scope. Client id and secret
    are generated where none is given, as a site file may.
    """
    given = {"client_id": client_id, "client_secret": client_secret}
    application = Application(
        user=user,
        name=name,
        scopes=expanded_scopes(scopes),
        redirect_uris=joined_redirect_uris(redirect_uris),
        client_type=Application.CLIENT_PUBLIC if public else Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        **{key: value for key, value in given.items() if value is not None},
    )
    secret = application.client_secret
    application.save()
    return application, secret


@transaction.atomic
def update_application(
    *,
    application: Application,
    name: str | None = None,
    scopes: str | None = None,
    redirect_uris: Iterable[str] | None = None,
    new_secret: bool = False,
    client_secret: str | None = None,
) -> tuple[Application, str | None]:
    """Change what is given; with `new_secret` the old one is void, and the new one is told this once.

    A `client_secret` given takes the old one's place.
    """
    if name is not None:
        application.name = name
    if scopes is not None:
        application.scopes = expanded_scopes(scopes)
    if redirect_uris is not None:
        application.redirect_uris = joined_redirect_uris(redirect_uris)
    secret = Application().client_secret if new_secret else client_secret
    if secret is not None:
        application.client_secret = secret
    application.save()
    return application, secret


@transaction.atomic
def delete_application(*, application: Application) -> None:
    """Remove a program; what it was granted ends with it."""
    application.delete()


def send_password_reset(*, user: User) -> None:
    """Mail the link to a new password. It is good once, and for as long as PASSWORD_RESET_TIMEOUT says."""
    path = reverse(
        "password-new",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": default_token_generator.make_token(user),
        },
    )
    body = render_to_string(
        "accounts/mail/password_reset.txt", {"user": user, "link": settings.PUBLIC_URL + path, "hours": RESET_HOURS}
    )
    send_mail(_("Choose a new password for Intellimeter"), body, None, [user.email])


def delete_expired() -> None:
    """Delete the tokens and codes that can neither be used nor refreshed any more, and the sessions that ended."""
    clear_expired()
    DeviceGrant.objects.filter(expires__lte=timezone.now()).delete()
    Attempt.objects.filter(until__lte=timezone.now()).delete()
    SessionStore.clear_expired()


def _revoke_tokens(user: User) -> None:
    """End what programs may do as the user, and what the user's own programs may do as anybody."""
    theirs = Q(user=user) | Q(application__user=user)
    for model in (RefreshToken, AccessToken, Grant):
        model._default_manager.filter(theirs).delete()
    clients = Application.objects.filter(user=user).values("client_id")
    DeviceGrant._default_manager.filter(Q(user=user) | Q(client_id__in=clients)).delete()


def _refuse_stranger(user: User, by: User | None) -> None:
    """A company's admin who could give platform staff another password would be staff in a minute."""
    if by is not None and user.is_staff and not by.is_staff:
        raise Conflict(f"{user.email} runs the platform; only other platform staff may change or delete them.")


def _lock_admins(user: User) -> None:
    """Let two admins of a company not take each other's rights at once."""
    if user.company_id is not None:
        Company.objects.select_for_update().get(pk=user.company_id)


def _last_admin(user: User) -> Conflict:
    return Conflict(f"{user.email} is the last admin of {user.company}; make somebody else an admin first.")


def _is_last_admin(user: User) -> bool:
    if user.company_id is None or not (user.is_admin and user.is_active):
        return False
    others = User.objects.filter(company_id=user.company_id, is_admin=True, is_active=True).exclude(pk=user.pk)
    return not others.exists()


def _refuse_taken(user: User) -> None:
    if User.objects.filter(email__iexact=user.email).exclude(pk=user.pk).exists():
        raise Conflict("This email is taken; use another.", fields={"email": ["Is taken."]})


def _set_password(user: User, password: str | None) -> None:
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise DomainError("The password is too weak.", fields={"password": error.messages}) from error
    user.set_password(password)


def joined_redirect_uris(uris: Iterable[str]) -> str:
    """The addresses as they are kept; DomainError for one that nobody may be sent to."""
    return " ".join(checked_redirect_uris(uris))


def expanded_scopes(scopes: str) -> str:
    """What a request's names and patterns stand for today, as it is kept; DomainError for one that stands for none."""
    try:
        found = expand(scopes.split())
    except UnknownScopeError as error:
        raise DomainError(str(error), fields={"scopes": [str(error)]}) from error
    if not found:
        raise DomainError("An application needs at least one scope.", fields={"scopes": ["Name at least one scope."]})
    return in_order(found)


def _assign(row: Company | User, changes: dict[str, Any], *, known: set[str]) -> None:
    if unknown := changes.keys() - known:
        raise TypeError(f"A {type(row).__name__} has no {', '.join(sorted(unknown))} to change.")
    for name, value in changes.items():
        setattr(row, name, value)


def _check(row: Company | User) -> None:
    """What the model itself refuses, field by field; uniqueness is a conflict and judged apart."""
    try:
        row.clean_fields()
    except ValidationError as error:
        raise DomainError("Some fields are not valid.", fields=error.message_dict) from error

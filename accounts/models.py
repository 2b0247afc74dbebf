"""Companies, the people who work in them, and the programs that act for them."""

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import (
    AbstractAccessToken,
    AbstractApplication,
    AbstractDeviceGrant,
    AbstractGrant,
    AbstractIDToken,
    AbstractRefreshToken,
)

from accounts.fields import ChecksumField
from accounts.scopes import ADMIN_SCOPES, ALL_SCOPES
from intellimeter.common.local_time import validate_timezone
from intellimeter.common.public_ids import PublicIdField, PublicModel
from intellimeter.common.tenancy import TenantQuerySet


class CompanyQuerySet(TenantQuerySet["Company"]):
    def _of(self, user: "User") -> Self:
        return self.filter(pk=user.company_id)


class Company(PublicModel):
    """A property management company: the tenant of the platform that everything belongs to."""

    name = models.CharField(max_length=200)
    timezone = models.CharField(max_length=64, default="America/Toronto", validators=[validate_timezone])
    tax_number = models.CharField(_("tax number (HST)"), max_length=40, blank=True)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "companies"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(TenantQuerySet["User"]):
    def _of(self, user: "User") -> Self:
        return self.filter(company_id=user.company_id)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc] # built at run time
    """Makes users; emails are compared without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        user: User = self.get(email__iexact=username)
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin, PublicModel):  # type: ignore[django-manager-missing] # of the toolkit's models
    """A person with a login. Platform staff may have no company; everybody else has one (decisions, section 5)."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="users", null=True, blank=True)
    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=150)
    last_name = models.CharField(max_length=150)
    is_admin = models.BooleanField(_("company admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("platform staff"), default=False)
    all_properties = models.BooleanField(
        default=True, help_text=_("Sees every property of the company; otherwise only those given.")
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    objects = UserManager()

    class Meta:
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case")]

    def __str__(self) -> str:
        return self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Staff run the whole platform: there are no finer rights than being staff (decisions, section 5)."""
        return self.is_active and (self.is_staff or super().has_perm(perm, obj))

    def has_module_perms(self, app_label: str) -> bool:
        """The same for a whole app."""
        return self.is_active and (self.is_staff or super().has_module_perms(app_label))

    @property
    def sees_all_properties(self) -> bool:
        """Whether no property of the company is withheld."""
        return self.is_admin or self.all_properties

    def may(self, scope: str) -> bool:
        """Whether the user may be granted the scope today, and so do what it stands for in the portal, too."""
        return self.is_active and scope in ALL_SCOPES and (self.is_admin or scope not in ADMIN_SCOPES)

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class ApplicationQuerySet(TenantQuerySet["Application"]):
    def _of(self, user: User) -> Self:
        return self.filter(user_id=user.pk)


class Application(AbstractApplication):
    """A program that may ask for tokens: its owner's own data, or others' with their consent (decisions, section 4)."""

    public_id = PublicIdField()
    scopes = models.TextField(help_text=_("What it may ask for at most: scopes separated by spaces, in order."))

    objects = ApplicationQuerySet.as_manager()

    class Meta(AbstractApplication.Meta):
        swappable = "OAUTH2_PROVIDER_APPLICATION_MODEL"
        ordering = ["name"]

    def allows_grant_type(self, *grant_types: str) -> bool:
        """Any flow that is served: what an application may do is a matter of its scopes, not of its flow."""
        allowed = {self.GRANT_AUTHORIZATION_CODE, self.GRANT_DEVICE_CODE}
        if self.client_type == self.CLIENT_CONFIDENTIAL:
            allowed.add(self.GRANT_CLIENT_CREDENTIALS)
        return bool(allowed.intersection(grant_types))

    def is_usable(self, request: Any = None) -> bool:
        """Only while its owner is active."""
        return self.user is not None and self.user.is_active

    def redirect_uri_allowed(self, uri: str) -> bool:
        """Whether it is registered, letter by letter: no other port on loopback, no other case."""
        return uri in self.redirect_uris.split()


class AccessToken(AbstractAccessToken):
    """What a program shows with each request: whom it acts for, and what it was granted."""

    def is_valid(self, scopes: Any = None) -> bool:
        """Not expired, and both whom it acts for and the program's owner are active."""
        user, application = self.user, self.application
        people = user is not None and user.is_active and application is not None and application.is_usable()
        return people and bool(super().is_valid(scopes))

    def may(self, scope: str) -> bool:
        """Whether the token carries the scope, and its user may use it today (admin scopes are admins' only)."""
        return scope in self.scope.split() and (
            scope not in ADMIN_SCOPES or (self.user is not None and self.user.is_admin)
        )

    class Meta(AbstractAccessToken.Meta):
        swappable = "OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL"


class RefreshToken(AbstractRefreshToken):
    """Spent by its use. `pair_checksum` is its access token's, kept beyond that one's life: the two are sent together."""

    pair_checksum = models.CharField(max_length=64, blank=True, editable=False)

    class Meta(AbstractRefreshToken.Meta):
        swappable = "OAUTH2_PROVIDER_REFRESH_TOKEN_MODEL"


class Grant(AbstractGrant):
    """An authorization code: what a user consented to, for a minute, until the program redeems it."""

    code = ChecksumField(max_length=64, unique=True)

    class Meta(AbstractGrant.Meta):
        swappable = "OAUTH2_PROVIDER_GRANT_MODEL"


class IDToken(AbstractIDToken):
    class Meta(AbstractIDToken.Meta):
        swappable = "OAUTH2_PROVIDER_ID_TOKEN_MODEL"


class DeviceGrant(AbstractDeviceGrant):
    """A device's request for a user's consent, and when it was last asked about."""

    device_code = ChecksumField(max_length=64)
    last_polled = models.DateTimeField(null=True, editable=False)

    class Meta(AbstractDeviceGrant.Meta):
        swappable = "OAUTH2_PROVIDER_DEVICE_GRANT_MODEL"
        constraints = [
            *AbstractDeviceGrant.Meta.constraints,
            models.UniqueConstraint(fields=["user_code"], name="devicegrant_user_code_once"),
        ]


class ConsentQuerySet(TenantQuerySet["Consent"]):
    def _of(self, user: User) -> Self:
        return self.filter(user_id=user.pk)


class Consent(PublicModel):
    """That a user lets a program act for them, with which scopes, and since when. It outlives the tokens it led to."""

    user = models.ForeignKey(User, models.CASCADE, related_name="consents")
    application = models.ForeignKey(Application, models.CASCADE, related_name="consents")
    scopes = models.TextField(help_text=_("What was consented to: scopes separated by spaces, in order."))
    given = models.DateTimeField(_("given"), help_text=_("The last time that the user accepted."))

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["application__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "application"], name="consent_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.application}"


class Attempt(models.Model):
    """One try of something that may be tried only so often, by the checksum of its name, until it no longer counts."""

    name = models.CharField(max_length=64, db_index=True)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.name} · {self.until}"

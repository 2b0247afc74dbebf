"""Companies, users, applications, and API clients that hold a real token; for the tests of every app.

client = api_client("billing:fee:read")                    a new company's admin, with these scopes
client = api_client("meter:*:*", user=UserFactory())       a given user; wildcards serve
client.user, client.token                                  whom it acts for, and its AccessToken row
client.get("/api/v1/billing/fee", {"property": ...})
client.post("/api/v1/...", {...})                          bodies are JSON
"""

import hashlib
import secrets
from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from rest_framework.test import APIClient

from accounts.models import AccessToken, Application, Company, User
from accounts.scopes import ALL_SCOPES, expand, in_order

PASSWORD = "correct horse battery staple"
SECRET = "the secret of every application in the tests"


class CompanyFactory(DjangoModelFactory):
    class Meta:
        model = Company

    name = factory.Sequence(lambda n: f"Company {n}")


class UserFactory(DjangoModelFactory):
    """A person of a company without admin rights; the password is `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    company = factory.SubFactory(CompanyFactory)
    email = factory.Sequence(lambda n: f"user{n}@example.com")
    first_name = "Ada"
    last_name = factory.Sequence(lambda n: f"Byron {n}")
    password = factory.django.Password(PASSWORD)


class AdminFactory(UserFactory):
    """An admin of a company."""

    is_admin = True


class StaffFactory(UserFactory):
    """Someone who runs the platform, in no company."""

    company = None
    is_staff = True
    is_superuser = True


class ApplicationFactory(DjangoModelFactory):
    """A confidential application that may ask for every scope; its secret is `SECRET`."""

    class Meta:
        model = Application

    user = factory.SubFactory(AdminFactory)
    name = factory.Sequence(lambda n: f"Application {n}")
    client_type = Application.CLIENT_CONFIDENTIAL
    authorization_grant_type = Application.GRANT_CLIENT_CREDENTIALS
    client_secret = SECRET
    scopes = in_order(ALL_SCOPES)


def access_token(
    *scopes: str, user: User | None = None, application: Application | None = None
) -> tuple[str, AccessToken]:
    """A live token's value and its row."""
    application = application or ApplicationFactory(user=user or AdminFactory())
    value = secrets.token_urlsafe(24)
    token = AccessToken(
        user=user or application.user,
        application=application,
        scope=in_order(expand(scopes)),
        expires=timezone.now() + timedelta(hours=1),
        token="",
        token_checksum=hashlib.sha256(value.encode()).hexdigest(),
    )
    token.save()
    return value, token


def api_client(*scopes: str, user: User | None = None) -> APIClient:
    """A client of the API that holds a token of these scopes (all of them if none are named)."""
    value, token = access_token(*(scopes or ALL_SCOPES), user=user)
    client = APIClient()
    client.default_format = "json"
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {value}")
    client.user, client.token = token.user, token
    return client

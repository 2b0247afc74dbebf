import pytest
from auditlog.models import LogEntry
from django.contrib.auth.hashers import check_password
from django.urls import reverse

from accounts.models import Application, Company, User
from metering.models import PropertyAccess
from tests.accounts.oauth.asking import INVALID_GRANT, ask, outcome, refresh
from tests.factories.accounts import PASSWORD, SECRET, AdminFactory, ApplicationFactory, CompanyFactory, UserFactory
from tests.factories.metering import PropertyFactory

pytestmark = pytest.mark.django_db


def url(model, page, *args):
    return reverse(f"admin:accounts_{model}_{page}", args=args)


def fields_of(user, **changes):
    values = {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "is_admin": user.is_admin,
        "is_active": user.is_active,
        "all_properties": user.all_properties,
        "is_staff": user.is_staff,
    }
    return {name: value for name, value in (values | changes).items() if value is not False}


def messages_of(answer):
    return [str(message) for message in answer.context["messages"]]


def told_secret(answer):
    told = [message for message in messages_of(answer) if message.startswith("The client secret")]
    assert len(told) == 1
    return told[0].rsplit(" ", 1)[1]


def test_company_is_made_and_the_log_says_by_whom(client, staff):
    client.post(url("company", "add"), {"name": "Maple", "timezone": "America/Toronto", "tax_number": "123"})
    company = Company.objects.get()
    entry = LogEntry.objects.get_for_object(company).get()
    assert (company.name, company.timezone, company.tax_number) == ("Maple", "America/Toronto", "123")
    assert (entry.actor, entry.additional_data) == (staff, {"via": "admin", "company": company.pk})


def test_company_in_an_unknown_zone_is_refused_beside_the_field(client, staff):
    answer = client.post(url("company", "add"), {"name": "Maple", "timezone": "Toronto"})
    assert answer.context["adminform"].form.errors == {
        "timezone": ["'Toronto' is not an IANA time zone; America/Toronto is one."]
    }
    assert not Company.objects.exists()


def test_user_is_made_with_a_password(client, staff):
    company = CompanyFactory()
    client.post(
        url("user", "add"),
        {
            "email": "ada@example.com",
            "first_name": "Ada",
            "last_name": "Byron",
            "company": company.pk,
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "is_admin": "on",
            "all_properties": "on",
        },
    )
    user = User.objects.get(email="ada@example.com")
    assert (user.company, user.is_admin, user.is_staff) == (company, True, False)
    assert check_password(PASSWORD, user.password)


@pytest.mark.parametrize("password", ["short", "12345678901", "password"])
def test_user_with_a_weak_password_is_refused(client, staff, password):
    fields = {"email": "ada@example.com", "first_name": "Ada", "last_name": "Byron", "usable_password": "true"}
    client.post(url("user", "add"), {**fields, "password1": password, "password2": password})
    assert not User.objects.filter(email="ada@example.com").exists()


def test_user_with_a_taken_email_is_refused_in_any_case(client, staff):
    UserFactory(email="ada@example.com")
    fields = {"first_name": "Ada", "last_name": "Byron", "usable_password": "true"}
    client.post(
        url("user", "add"), {**fields, "email": "ADA@example.com", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert User.objects.filter(email__iexact="ada@example.com").count() == 1


def test_user_is_changed(client, staff):
    user = UserFactory()
    client.post(url("user", "change", user.pk), fields_of(user, last_name="Lovelace", is_admin=True))
    user.refresh_from_db()
    assert (user.last_name, user.is_admin) == ("Lovelace", True)


def test_company_of_a_user_stays(client, staff):
    user = UserFactory()
    company = user.company
    client.post(url("user", "change", user.pk), fields_of(user, company=CompanyFactory().pk))
    user.refresh_from_db()
    assert user.company == company


def test_last_admin_stays_and_the_page_says_why(client, staff):
    user = AdminFactory()
    answer = client.post(url("user", "change", user.pk), fields_of(user, is_admin=False), follow=True)
    user.refresh_from_db()
    assert user.is_admin
    assert f"{user.email} is the last admin of {user.company}" in messages_of(answer)[0]


def test_last_admin_is_not_deleted(client, staff):
    user = AdminFactory()
    client.post(url("user", "delete", user.pk), {"post": "yes"})
    client.post(url("user", "changelist"), {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"})
    assert User.objects.filter(pk=user.pk).exists()


def test_password_is_set_on_its_own_page(client, staff):
    user = UserFactory()
    other = "another horse of mine"
    client.post(
        reverse("admin:auth_user_password_change", args=[user.pk]),
        {"usable_password": "true", "password1": other, "password2": other},
    )
    user.refresh_from_db()
    assert check_password(other, user.password)


def test_property_is_given_to_a_user_who_does_not_see_all(client, staff):
    user = UserFactory(all_properties=False)
    house = PropertyFactory(company=user.company)
    rows = {
        "property_access-TOTAL_FORMS": "1",
        "property_access-INITIAL_FORMS": "0",
        "property_access-0-user": user.pk,
        "property_access-0-property": house.pk,
    }
    client.post(url("user", "change", user.pk), fields_of(user) | rows)
    assert list(PropertyAccess.objects.values_list("user", "property")) == [(user.pk, house.pk)]


def test_property_of_another_company_is_not_given(client, staff):
    user = UserFactory(all_properties=False)
    rows = {
        "property_access-TOTAL_FORMS": "1",
        "property_access-INITIAL_FORMS": "0",
        "property_access-0-user": user.pk,
        "property_access-0-property": PropertyFactory().pk,
    }
    answer = client.post(url("user", "change", user.pk), fields_of(user) | rows)
    assert "A user sees properties of their own company only." in answer.content.decode()
    assert not PropertyAccess.objects.exists()


def test_secret_of_a_new_application_is_told_once(client, staff):
    fields = {
        "name": "Integration",
        "user": AdminFactory().pk,
        "client_type": "confidential",
        "scopes": "uac:user:*",
        "redirect_uris": "https://example.com/callback",
    }
    answer = client.post(url("application", "add"), fields, follow=True)
    application = Application.objects.get()
    secret = told_secret(answer)
    assert application.scopes == "uac:user:read uac:user:update"
    assert check_password(secret, application.client_secret)
    assert secret not in client.get(url("application", "change", application.pk)).content.decode()


def test_application_gets_a_new_secret_when_asked(client, staff):
    application = ApplicationFactory(scopes="uac:user:read")
    fields = {"name": "Renamed", "scopes": "uac:user:read", "redirect_uris": ""}
    page = url("application", "change", application.pk)
    client.post(page, fields)
    application.refresh_from_db()
    assert (application.name, check_password(SECRET, application.client_secret)) == ("Renamed", True)

    answer = client.post(page, fields | {"new_secret": "on"}, follow=True)
    application.refresh_from_db()
    assert check_password(told_secret(answer), application.client_secret)


@pytest.mark.parametrize(
    ("field", "value"), [("scopes", "nothing"), ("redirect_uris", "http://example.com/"), ("scopes", "")]
)
def test_application_with_a_wrong_field_is_refused_beside_it(client, staff, field, value):
    application = ApplicationFactory()
    fields = {"name": "A", "scopes": "uac:user:read", "redirect_uris": "", field: value}
    answer = client.post(url("application", "change", application.pk), fields)
    assert list(answer.context["adminform"].form.errors) == [field]


def test_deleted_token_is_revoked_with_its_pair(client, staff):
    pair = ask(ApplicationFactory()).json()
    token = Application.objects.get().accesstoken_set.get()
    client.post(url("accesstoken", "delete", token.pk), {"post": "yes"})
    assert outcome(refresh(pair)) == INVALID_GRANT

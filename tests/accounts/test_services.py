import pytest
from django.contrib.auth.hashers import check_password

from accounts import services
from accounts.models import Application, User
from intellimeter.common.errors import Conflict, DomainError
from tests.factories.accounts import AdminFactory, ApplicationFactory, CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a horse that nobody rides"


def create(**fields):
    values = {"email": "ada@example.com", "first_name": "Ada", "last_name": "Byron", "password": PASSWORD}
    return services.create_user(**{"company": CompanyFactory(), **values, **fields})


def test_create_user_stores_a_login():
    user = create()
    found = User.objects.get()
    assert found == user
    assert (found.email, found.is_admin, found.is_active, found.all_properties) == (
        "ada@example.com",
        False,
        True,
        True,
    )
    assert check_password(PASSWORD, found.password)


def test_create_user_without_a_password_signs_nobody_in():
    assert not create(password=None).has_usable_password()


@pytest.mark.parametrize("password", ["", "short", "12345678901", "password", "ada@example.com"])
def test_create_user_refuses_a_weak_password(password):
    with pytest.raises(DomainError) as raised:
        create(password=password)
    assert (raised.value.code, list(raised.value.fields)) == (400, ["password"])
    assert not User.objects.exists()


def test_create_user_refuses_a_taken_email_in_any_case():
    create()
    with pytest.raises(Conflict) as raised:
        create(email="ADA@Example.com")
    assert raised.value.code == 409
    assert User.objects.count() == 1


def test_create_user_refuses_what_is_not_an_email():
    with pytest.raises(DomainError) as raised:
        create(email="test")
    assert raised.value.fields == {"email": ["Enter a valid email address."]}


@pytest.mark.parametrize("change", [{"is_admin": False}, {"is_active": False}])
def test_update_user_keeps_the_last_admin(change):
    admin = AdminFactory()
    UserFactory(company=admin.company)
    AdminFactory(company=admin.company, is_active=False)
    with pytest.raises(Conflict, match="last admin"):
        services.update_user(user=admin, **change)
    admin.refresh_from_db()
    assert (admin.is_admin, admin.is_active) == (True, True)


def test_update_user_lets_one_of_two_admins_go():
    admin = AdminFactory()
    AdminFactory(company=admin.company)
    services.update_user(user=admin, is_admin=False)
    admin.refresh_from_db()
    assert not admin.is_admin


def test_update_user_changes_only_what_is_given():
    user = UserFactory(first_name="Ada", last_name="Byron")
    services.update_user(user=user, last_name="Lovelace")
    found = User.objects.get()
    assert (found.get_full_name(), found.email, found.password) == ("Ada Lovelace", user.email, user.password)


def test_update_company_refuses_an_unknown_zone():
    company = CompanyFactory()
    with pytest.raises(DomainError) as raised:
        services.update_company(company=company, timezone="Toronto")
    assert list(raised.value.fields) == ["timezone"]


def test_create_application_tells_its_secret_once():
    application, secret = services.create_application(user=AdminFactory(), name="A", scopes="uac:user:*")
    found = Application.objects.get()
    assert len(secret) == 128
    assert found.scopes == "uac:user:read uac:user:update"
    assert found.client_secret != secret
    assert check_password(secret, found.client_secret)
    assert found == application


def test_update_application_makes_a_new_secret_when_asked():
    application = ApplicationFactory()
    old = application.client_secret
    _, none = services.update_application(application=application, name="B")
    _, secret = services.update_application(application=application, new_secret=True)
    found = Application.objects.get()
    assert (none, found.name) == (None, "B")
    assert found.client_secret != old
    assert check_password(secret, found.client_secret)


@pytest.mark.parametrize("scopes", ["", "nothing", "uac:user:read *:*"])
def test_application_refuses_scopes_that_are_none(scopes):
    with pytest.raises(DomainError) as raised:
        services.create_application(user=AdminFactory(), name="A", scopes=scopes)
    assert list(raised.value.fields) == ["scopes"]


@pytest.mark.parametrize(
    "uri",
    ["https://client.example.com/callback", "http://127.0.0.1:9000/callback", "http://[::1]/x", "http://localhost/x"],
)
def test_redirect_uris_that_serve(uri):
    application, _ = services.create_application(
        user=AdminFactory(), name="A", scopes="uac:user:read", redirect_uris=[uri, uri]
    )
    assert application.redirect_uris == uri


@pytest.mark.parametrize(
    "uri",
    [
        "http://client.example.com/",
        "ftp://127.0.0.1/",
        "javascript:alert(1)",
        "https://",
        "https://user@example.com/",
        "https://example.com/#part",
        "https://example.com/ https://other.example.com",
        "https://[::1",
        "https://example.com:99999/",
        "https://ex\u00e4mple.com/",
        "",
    ],
)
def test_redirect_uris_that_do_not(uri):
    with pytest.raises(DomainError) as raised:
        services.create_application(user=AdminFactory(), name="A", scopes="uac:user:read", redirect_uris=[uri])
    assert list(raised.value.fields) == ["redirect_uris"]

"""/users: the people of the company (reference, All Account Management)."""

import pytest
from auditlog.models import LogEntry

from accounts.models import AccessToken, Application, User
from tests.accounts.api.test_user import NEW
from tests.factories.accounts import (
    AdminFactory,
    ApplicationFactory,
    StaffFactory,
    UserFactory,
    access_token,
    api_client,
)

ADDRESS = "/api/v1/users"
BODY = {
    "active": True,
    "admin": False,
    "email": "JaneDoe@example.com",
    "first_name": "Jane",
    "last_name": "Doe",
    "password": NEW,
}


def at(user):
    return f"{ADDRESS}?user={user.public_id}"


def ids(answer):
    return [row["id"] for row in answer.json()]


@pytest.fixture
def colleague(admin):
    return UserFactory(company=admin.company, first_name="Ada", last_name="Byron", email="ada@example.com")


def test_list_is_of_the_company_however_many(client, admin, colleague, django_assert_num_queries):
    UserFactory()
    UserFactory.create_batch(5, company=admin.company)

    with django_assert_num_queries(2):
        answer = client.get(ADDRESS)

    assert (answer.status_code, len(answer.json())) == (200, 7)
    assert answer.json()[0] == client.get(at(colleague)).json()[0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"search": "ada"}, ["ada"]),
        ({"search": "byron example"}, ["ada"]),
        ({"search": "example"}, ["ada", "john"]),
        ({"email": "ADA@example.com"}, ["ada"]),
        ({"admin": "true"}, ["john"]),
        ({"active": "false"}, []),
        ({"colour": "red"}, ["ada", "john"]),
        ({"limit": "1", "offset": "1"}, ["john"]),
    ],
)
def test_list_is_narrowed(client, colleague, query, found):
    answer = client.get(ADDRESS, query)

    assert [row["email"].partition("@")[0] for row in answer.json()] == found


def test_a_filter_that_is_neither_true_nor_false_is_refused(client):
    assert client.get(ADDRESS, {"admin": "perhaps"}).status_code == 400


def test_post_makes_somebody_who_may_sign_in(client, admin):
    answer = client.post(ADDRESS, BODY)

    user = User.objects.get(email="JaneDoe@example.com")
    assert (answer.status_code, answer.json()) == (201, client.get(at(user)).json()[0])
    assert (user.company, user.is_admin, user.is_staff, user.check_password(NEW)) == (admin.company, False, False, True)
    assert "password" not in answer.json()


def test_post_defaults_to_active_and_no_admin(client):
    answer = client.post(ADDRESS, {name: BODY[name] for name in ("email", "first_name", "last_name", "password")})

    assert (answer.json()["active"], answer.json()["admin"]) == (True, False)


@pytest.mark.parametrize("missing", ["email", "first_name", "last_name", "password"])
def test_post_names_what_is_missing(client, missing):
    answer = client.post(ADDRESS, {name: value for name, value in BODY.items() if name != missing})

    assert (answer.status_code, list(answer.json()["fields"]), User.objects.count()) == (400, [missing], 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [("password", "1234"), ("email", "test"), ("admin", "yes"), ("active", None), ("is_staff", True), ("role", "x")],
)
def test_post_refuses_what_is_not_valid_and_names_it(client, field, value):
    answer = client.post(ADDRESS, BODY | {field: value})

    assert (answer.status_code, list(answer.json()["fields"]), User.objects.count()) == (400, [field], 1)


def test_a_taken_email_is_a_conflict_also_in_another_company(client):
    UserFactory(email="janedoe@example.com")

    answer = client.post(ADDRESS, BODY)

    assert (answer.status_code, answer.json()["message"]) == (409, "This email is taken; use another.")


def test_put_changes_another_and_takes_a_password(client, colleague):
    answer = client.put(at(colleague), {"admin": True, "last_name": "Lovelace", "password": NEW})

    assert (answer.status_code, answer.json()) == (200, client.get(at(colleague)).json()[0])
    colleague.refresh_from_db()
    assert (colleague.is_admin, colleague.get_full_name(), colleague.check_password(NEW)) == (
        True,
        "Ada Lovelace",
        True,
    )


def test_put_takes_back_what_get_gave(client, colleague):
    row = client.get(at(colleague)).json()[0]

    assert client.put(at(colleague), row).json() | {"updated": None} == row | {"updated": None}


@pytest.mark.parametrize("change", [{"admin": False}, {"active": False}])
def test_the_last_admin_stays(client, admin, colleague, change):
    answer = client.put(at(admin), change)

    said = f"{admin.email} is the last admin of {admin.company}; make somebody else an admin first."
    assert (answer.status_code, answer.json()["message"]) == (409, said)
    assert client.delete(at(admin)).status_code == 409
    admin.refresh_from_db()
    assert (admin.is_admin, admin.is_active) == (True, True)


def test_an_admin_may_go_where_another_stays(client, admin):
    AdminFactory(company=admin.company)

    assert client.delete(at(admin)).status_code == 200
    assert client.get(ADDRESS).status_code == 401
    entry = LogEntry.objects.get(action=LogEntry.Action.DELETE, object_repr=admin.email)
    assert (entry.actor, entry.actor_email, entry.additional_data["via"]) == (None, admin.email, "api")


def test_who_is_deactivated_loses_every_token_for_good(client, colleague):
    theirs = api_client(user=colleague)
    others = access_token("uac:user:read", user=client.user, application=ApplicationFactory(user=colleague))[1]

    client.put(at(colleague), {"active": False})
    client.put(at(colleague), {"active": True})

    assert theirs.get("/api/v1/user").status_code == 401
    assert not AccessToken.objects.filter(pk=others.pk).exists()
    assert Application.objects.filter(user=colleague).count() == 2


def test_delete_returns_the_user_and_takes_their_programs_along(client, colleague):
    theirs = api_client(user=colleague)
    shown = client.get(at(colleague)).json()[0]

    answer = client.delete(at(colleague))

    assert (answer.status_code, answer.json()) == (200, shown)
    assert theirs.get("/api/v1/user").status_code == 401
    assert not Application.objects.filter(user_id=colleague.pk).exists()


@pytest.mark.parametrize("method", ["put", "delete"])
def test_who_is_meant_is_required(client, method):
    assert list(getattr(client, method)(ADDRESS, {}).json()["fields"]) == ["user"]


def test_platform_staff_are_not_a_companys_admins_to_change(client, admin):
    staff = StaffFactory(company=admin.company)

    answers = [client.put(at(staff), {"password": NEW}), client.delete(at(staff))]

    assert [answer.status_code for answer in answers] == [409, 409]
    staff.refresh_from_db()
    assert not staff.check_password(NEW)


@pytest.mark.django_db
def test_staff_of_no_company_make_nobody():
    client = api_client(user=StaffFactory(is_admin=True))

    assert (client.post(ADDRESS, BODY).status_code, client.get(ADDRESS).json()) == (404, [])

"""/user: one's own account (reference, My Account Management)."""

import pytest

from tests.factories.accounts import StaffFactory, UserFactory, api_client

ADDRESS = "/api/v1/user"
NEW = "a quite new battery staple"


def shown(user, client, **changes):
    stamps = {name: client.get(ADDRESS).json()[name] for name in ("created", "updated")}
    return {
        "active": user.is_active,
        "admin": user.is_admin,
        "company": user.company.public_id,
        "email": user.email,
        "first_name": user.first_name,
        "id": user.public_id,
        "last_name": user.last_name,
        **stamps,
    } | changes


def test_get_is_oneself_in_one_query(client, admin, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get(ADDRESS)

    assert (answer.status_code, answer.json()) == (200, shown(admin, client))


def test_put_changes_name_email_and_password(client, admin):
    answer = client.put(ADDRESS, {"first_name": "Jane", "email": "JaneDoe@Example.com", "password": NEW})

    expected = shown(admin, client, first_name="Jane", email="JaneDoe@example.com")
    assert (answer.status_code, answer.json()) == (200, expected)
    admin.refresh_from_db()
    assert (admin.last_name, admin.check_password(NEW)) == ("Smith", True)


@pytest.mark.django_db
def test_put_gives_nobody_rights():
    user = UserFactory(all_properties=False)

    answer = api_client("uac:user:update", user=user).put(ADDRESS, {"admin": True, "active": False, "company": "x"})

    assert answer.status_code == 200
    user.refresh_from_db()
    assert (user.is_admin, user.is_active, user.is_staff) == (False, True, False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "test"),
        ("email", None),
        ("first_name", ""),
        ("last_name", 5),
        ("last_name", "x" * 151),
        ("password", "1234"),
        ("password", "12345678901"),
        ("password", "john@example.com"),
        ("password", None),
        ("password", "x" * 201),
        ("is_staff", True),
        ("all_properties", True),
    ],
)
def test_put_refuses_what_is_not_valid_and_names_it(client, admin, field, value):
    answer = client.put(ADDRESS, {"first_name": "Jane", field: value})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    admin.refresh_from_db()
    assert admin.first_name == "John"


def test_an_email_that_is_taken_is_a_conflict_in_any_case(client, admin):
    UserFactory(email="taken@example.com")

    answer = client.put(ADDRESS, {"email": "TAKEN@example.com"})

    assert (answer.status_code, answer.json()["fields"]) == (409, {"email": ["Is taken."]})


def test_what_is_not_valid_comes_before_what_is_taken(client):
    UserFactory(email="taken@example.com")

    assert client.put(ADDRESS, {"email": "taken@example.com", "password": "1234"}).status_code == 400


@pytest.mark.django_db
def test_staff_of_no_company_are_somebody_all_the_same():
    assert api_client(user=StaffFactory()).get(ADDRESS).json()["company"] is None

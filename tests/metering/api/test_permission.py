"""/company/permission (decisions, section 5)."""

import pytest

from accounts.scopes import ADMIN_SCOPES, ALL_SCOPES
from tests.factories.accounts import AdminFactory, StaffFactory, UserFactory, api_client
from tests.factories.metering import PropertyFactory

ADDRESS = "/api/v1/company/permission"
PEOPLES = sorted(ALL_SCOPES.keys() - ADMIN_SCOPES)


@pytest.fixture
def client(db):
    return api_client("company:permission:read", "uac:users:update", user=AdminFactory(email="a@example.com"))


@pytest.fixture
def colleague(client):
    return UserFactory(company=client.user.company, email="b@example.com")


@pytest.fixture
def houses(client):
    return [PropertyFactory(company=client.user.company) for _ in range(3)]


def at(user):
    return f"{ADDRESS}?user={user.public_id}"


def row(user, properties="all"):
    scopes = sorted(ALL_SCOPES) if user.is_admin else PEOPLES
    return {"user": user.public_id, "admin": user.is_admin, "properties": properties, "scopes": scopes}


def test_list_has_everybody_in_three_queries(client, colleague, houses, django_assert_num_queries):
    limited = UserFactory(company=colleague.company, all_properties=False, email="c@example.com")
    for house in houses[:2]:
        house.access.create(user=limited)
    UserFactory()

    with django_assert_num_queries(3):
        answer = client.get(ADDRESS)

    given = [house.public_id for house in houses[:2]]
    assert (answer.status_code, answer.json()) == (200, [row(client.user), row(colleague), row(limited, given)])


def test_who_is_inactive_may_be_granted_nothing(client):
    gone = UserFactory(company=client.user.company, is_active=False)

    assert client.get(at(gone)).json() == [row(gone) | {"scopes": []}]


def test_others_properties_are_shown_to_whom_they_are_shown(client, colleague, houses):
    for user in (one := UserFactory(company=colleague.company, all_properties=False), colleague):
        houses[0].access.create(user=user)
    houses[1].access.create(user=colleague)
    colleague.all_properties = False
    colleague.save()

    answer = api_client("company:permission:read", user=one).get(at(colleague))

    assert answer.json() == [row(colleague, [houses[0].public_id])]


def test_put_gives_these_alone_and_then_all_again(client, colleague, houses):
    given = [houses[2].public_id, houses[0].public_id]

    answers = [
        client.put(at(colleague), {"properties": properties}) for properties in (given, given[:1], [], "all", "all")
    ]

    shown = [sorted(given, key=[house.public_id for house in houses].index), given[:1], [], "all", "all"]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert [answer.json() for answer in answers] == [row(colleague, properties) for properties in shown]
    assert not colleague.property_access.exists()


def test_a_user_sees_what_they_are_given(client, colleague, houses):
    theirs = api_client("property:info:read", user=colleague)

    client.put(at(colleague), {"properties": [houses[1].public_id]})

    assert [one["id"] for one in theirs.get("/api/v1/property").json()] == [houses[1].public_id]


def test_put_takes_back_what_get_gave(client, colleague):
    assert client.put(at(colleague), client.get(at(colleague)).json()[0]).json() == row(colleague)


@pytest.mark.parametrize("properties", ["some", 5, None, [5], ["00000000"], ["x"], {"a": 1}, ["00000000"] * 10_001])
def test_put_refuses_what_are_no_properties(client, colleague, properties):
    answer = client.put(at(colleague), {"properties": properties})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["properties"])


def test_put_refuses_anothers_property(client, colleague):
    answer = client.put(at(colleague), {"properties": [PropertyFactory().public_id]})

    assert (answer.status_code, list(answer.json()["fields"]), colleague.property_access.count()) == (
        400,
        ["properties"],
        0,
    )


def test_an_admin_sees_all_and_a_member_of_staff_is_left_alone(client, houses):
    staff = StaffFactory(company=client.user.company)
    body = {"properties": [houses[0].public_id]}

    assert [client.put(at(user), body).status_code for user in (client.user, staff)] == [409, 409]

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

from intellimeter.common.api.viewsets import ApiViewSet
from metering.models import Property, PropertyAccess, Suite
from tests.common.api.suites import SuiteViewSet
from tests.factories.accounts import UserFactory, access_token, api_client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.common.api.suites")]
SUITES = "/api/v1/suites"
UNKNOWN = "00000000"


def suite(house, name="101"):
    return Suite.objects.create(property=house, name=name)


@pytest.fixture
def foreign():
    """A suite of somebody else's company."""
    other = UserFactory().company
    return suite(Property.objects.create(company=other, job_number="1", job_name="J", display_name="Other"), "foreign")


# --- lists


def test_list_holds_the_companys_rows_alone(client, house, foreign):
    mine = suite(house)
    answer = client.get(SUITES)
    assert answer.status_code == 200
    assert [row["id"] for row in answer.json()] == [mine.public_id]


def test_list_leaves_out_properties_withheld_from_the_user(client, house):
    suite(house)
    given = Property.objects.create(company=house.company, job_number="2", job_name="J", display_name="Given")
    mine = suite(given)
    user = UserFactory(company=house.company, all_properties=False)
    PropertyAccess.objects.create(user=user, property=given)
    answer = api_client("billing:suite:read", user=user).get(SUITES)
    assert [row["id"] for row in answer.json()] == [mine.public_id]


def test_list_with_an_id_is_a_list_of_one(client, house):
    mine, _ = suite(house), suite(house, "102")
    assert [row["id"] for row in client.get(SUITES, {"id": mine.public_id}).json()] == [mine.public_id]


def test_list_narrowed_by_another_things_id(client, house):
    mine = suite(house)
    suite(Property.objects.create(company=house.company, job_number="2", job_name="J", display_name="Second"))
    assert [row["id"] for row in client.get(SUITES, {"property": house.public_id}).json()] == [mine.public_id]


def test_list_ignores_unknown_parameters(client, house):
    suite(house)
    assert len(client.get(SUITES, {"colour": "red"}).json()) == 1


def test_list_takes_two_queries_however_long(client, house, django_assert_num_queries):
    for number in range(20):
        suite(house, str(number))
    with django_assert_num_queries(2):
        client.get(SUITES)


def test_times_are_the_propertys_local_ones(client, house):
    with time_machine.travel(datetime(2021, 4, 8, 15, 30, tzinfo=UTC)):
        suite(house)
    assert client.get(SUITES).json()[0]["created"] == "2021-04-08T13:00:00"


def test_head_is_get_without_a_body(client, house):
    answer = client.head(SUITES)
    assert (answer.status_code, answer.content) == (200, b"")


# --- writing


def test_create_answers_201_with_the_row(client, house):
    answer = client.post(SUITES, {"name": "101", "property": house.public_id})
    made = Suite.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "id": made.public_id,
        "name": "101",
        "property": house.public_id,
        "created": answer.json()["created"],
    }


def test_update_changes_only_what_is_sent(client, house):
    mine = suite(house)
    answer = client.put(f"{SUITES}?id={mine.public_id}", {})
    assert (answer.status_code, answer.json()["name"]) == (200, "101")
    answer = client.put(f"{SUITES}?id={mine.public_id}", {"name": "102"})
    mine.refresh_from_db()
    assert (answer.json()["name"], mine.name) == ("102", "102")


def test_update_takes_back_what_the_list_gave(client, house):
    mine = suite(house)
    row = client.get(SUITES).json()[0]
    answer = client.put(f"{SUITES}?id={mine.public_id}", row)
    assert (answer.status_code, answer.json()) == (200, row)


def test_destroy_answers_204(client, house):
    mine = suite(house)
    answer = client.delete(f"{SUITES}?id={mine.public_id}")
    assert (answer.status_code, answer.content, Suite.objects.count()) == (204, b"", 0)


def test_answers_in_list_and_answers_nothing(client, house):
    mine = suite(house)
    assert client.put(f"/api/v1/listing?id={mine.public_id}", {}).json() == client.get(SUITES).json()
    answer = client.post("/api/v1/listing", {"name": "102", "property": house.public_id})
    assert (answer.status_code, answer.content) == (204, b"")


# --- the order in which a request is judged


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_no_token_is_401(client, foreign, method):
    client.credentials()
    answer = getattr(client, method)(f"{SUITES}?id={foreign.public_id}", {"wrong": 1})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json() == {
        "code": 401,
        "error": "Unauthorized",
        "message": "There is no access token; get one at /api/v1/auth and send it as Authorization: Bearer.",
    }


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_missing_scope_is_403_and_named(foreign, method):
    scope = {"get": "read", "post": "create", "put": "update", "delete": "delete"}[method]
    answer = getattr(api_client("meter:*:*"), method)(f"{SUITES}?id={foreign.public_id}", {"wrong": 1})
    assert answer.status_code == 403
    assert answer.headers["WWW-Authenticate"] == f'Bearer error="insufficient_scope", scope="billing:suite:{scope}"'
    assert f"billing:suite:{scope}" in answer.json()["message"]
    assert Suite.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "put", "delete"])
@pytest.mark.parametrize("wanted", ["foreign", UNKNOWN, "", "X", "0000000%00", "00000000'", "%D9%A0" * 8])
def test_foreign_and_unknown_ids_are_the_same_404(client, foreign, method, wanted):
    wanted = foreign.public_id if wanted == "foreign" else wanted
    unknown = getattr(client, method)(f"{SUITES}?id={UNKNOWN}", {"wrong": 1} if method == "put" else None)
    answer = client.generic(method.upper(), SUITES, b"{", "application/json", QUERY_STRING=f"id={wanted}")
    assert (answer.status_code, answer.content) == (404, unknown.content)
    assert Suite.objects.count() == 1


def test_foreign_id_of_something_else_is_404_before_the_body(client, house, foreign):
    answer = client.post(f"{SUITES}?property={foreign.property.public_id}", {"wrong": 1})
    assert answer.status_code == 404


def test_foreign_id_in_the_body_is_400_like_an_unknown_one(client, foreign):
    answers = [
        client.post(SUITES, {"name": "101", "property": wanted}) for wanted in (foreign.property.public_id, UNKNOWN)
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["fields"] == {"property": ["There is no such property."]}


@pytest.mark.parametrize("method", ["put", "delete"])
def test_missing_id_is_400(client, method):
    answer = getattr(client, method)(SUITES, {})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["id"])


def test_conflict_is_409_and_named(client, house):
    answer = client.post(SUITES, {"name": "taken", "property": house.public_id})
    assert answer.json() == {
        "code": 409,
        "error": "Conflict",
        "message": "There is a suite of this name already.",
        "fields": {"name": ["Is taken."]},
    }


def test_method_without_an_operation_is_405_once_the_token_is_good(client):
    for method in ("patch", "options"):
        assert getattr(client, method)(SUITES).status_code == 405
    answer = client.get("/api/v1/listing")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST, PUT")
    assert answer.json()["message"] == "This address does not serve that method; it serves POST, PUT."
    client.credentials()
    assert client.patch(SUITES).status_code == 401


# --- what does not start


def test_action_without_a_scope_does_not_start():
    class Forgetful(SuiteViewSet):
        scopes = {"list": "billing:suite:read"}

    with pytest.raises(ImproperlyConfigured, match=r"Forgetful\.create declares no scope"):
        path("x", Forgetful.as_view({"get": "list", "post": "create"}))


def test_base_knows_no_scope_at_all():
    with pytest.raises(ImproperlyConfigured):
        ApiViewSet.as_view({"get": "list"})


# --- who calls


def test_request_authenticates_by_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.patch(SUITES).status_code == 405


@pytest.mark.parametrize("authorization", ["Bearer", "Bearer ", "Bearer x", "Bearer x y", "bearer \xff"])
def test_unknown_token_is_401_and_said_to_be_invalid(client, authorization):
    client.credentials(HTTP_AUTHORIZATION=authorization)
    answer = client.get(SUITES)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer error="invalid_token"')


def test_token_in_the_query_counts_for_nothing(client):
    value, _ = access_token("billing:suite:read")
    client.credentials()
    assert client.get(SUITES, {"access_token": value}).status_code == 401


def test_session_counts_for_nothing(client):
    client.credentials()
    client.force_login(UserFactory(is_staff=True))
    assert client.get(SUITES).status_code == 401


def test_scheme_is_read_in_any_case(client):
    value, _ = access_token("billing:suite:read")
    client.credentials(HTTP_AUTHORIZATION=f"bearer {value}")
    assert client.get(SUITES).status_code == 200


def test_expired_token_is_401(client):
    client.token.expires = datetime(2020, 1, 1, tzinfo=UTC)
    client.token.save()
    assert client.get(SUITES).status_code == 401


def test_inactive_user_is_401(client):
    client.user.is_active = False
    client.user.save()
    assert client.get(SUITES).status_code == 401


def test_token_of_another_user_dies_with_the_applications_owner(client):
    owner = client.token.application.user
    guest = UserFactory()
    client.token.user = guest
    client.token.save()
    assert client.get(SUITES).status_code == 200
    owner.is_active = False
    owner.save()
    assert client.get(SUITES).status_code == 401

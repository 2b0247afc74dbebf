"""/reports/schedule, and /reports/reports/schedule: GET, POST, PUT, DELETE (reference, Scheduled Reports)."""

import pytest
import time_machine

from reporting.models import Schedule
from tests.factories.accounts import AdminFactory, UserFactory, api_client
from tests.factories.reporting import ScheduleFactory

pytestmark = pytest.mark.django_db

ADDRESSES = ["/api/v1/reports/schedule", "/api/v1/reports/reports/schedule"]
ADDRESS = ADDRESSES[0]
FOUR = ["ConsumptionTable", "ConsumptionMonthly", "ConsumptionDaily", "ConsumptionDistribution"]
ALL_TEN = [
    *FOUR,
    "WeekendDistribution",
    "WeekendTable",
    "TopProperties",
    "TopSuites",
    "TopPropertiesTable",
    "TopSuitesTable",
]
BODY = {"name": "Report 2", "period": 1, "repeat": "day", "reports": FOUR}


@pytest.fixture
def client():
    return api_client("report:schedule:*")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_references_example_makes_a_schedule(client, address):
    with time_machine.travel("2021-05-25T17:26:35Z", tick=False):
        answer = client.post(address, BODY)

    assert answer.status_code == 201
    schedule = Schedule.objects.get()
    assert answer.json() == [
        {
            "active": True,
            "created": "2021-05-25T13:26:35",
            "end": None,
            "id": schedule.public_id,
            "last_run": None,
            "name": "Report 2",
            "period": 1,
            "repeat": "day",
            "reports": FOUR,
            "result": None,
            "start": None,
            "updated": "2021-05-25T13:26:35",
            "user": client.user.public_id,
        }
    ]


def test_all_sections_are_kept_in_the_order_asked(client):
    backwards = ALL_TEN[::-1]

    [made] = client.post(ADDRESS, {**BODY, "reports": backwards}).json()

    assert made["reports"] == backwards
    assert client.get(ADDRESS).json() == [made]


def test_repeat_is_taken_in_any_case(client):
    [made] = client.post(ADDRESS, {**BODY, "repeat": "Month"}).json()

    assert made["repeat"] == "month"


def test_a_repeat_without_a_period_is_every_time(client):
    [made] = client.post(ADDRESS, {"name": "Weekly", "repeat": "week", "reports": FOUR}).json()

    assert (made["repeat"], made["period"]) == ("week", 1)


def test_never_needs_no_period(client):
    [made] = client.post(ADDRESS, {"name": "On request", "reports": FOUR}).json()

    assert (made["repeat"], made["period"]) == ("never", None)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"reports": ["consumptiontable"]}, "reports", f"Must be one of {', '.join(ALL_TEN)}."),
        ({"reports": []}, "reports", "This list may not be empty."),
        ({"reports": ["TopSuites", "TopSuites"]}, "reports", "Must have each report once."),
        ({"reports": "TopSuites"}, "reports", "Must be a list."),
        ({"repeat": "hour"}, "repeat", "Must be one of never, day, week, month, year, in upper or lower case."),
        ({"repeat": 1}, "repeat", "Must be a string."),
        ({"period": 0}, "period", "Ensure this value is greater than or equal to 1."),
        ({"period": 367}, "period", "Ensure this value is less than or equal to 366."),
        ({"period": "1"}, "period", "Must be a whole number."),
        ({"name": " "}, "name", "This field may not be blank."),
        ({"start": "2021-05-02", "end": "2021-05-01"}, "end", "Must not be before start."),
        ({"start": "0001-01-01"}, "start", "Must be in the years 1970 to 2199."),
        ({"active": "yes"}, "active", "Must be true or false."),
        ({"sections": FOUR}, "sections", "There is no such field."),
    ],
    ids=str,
)
def test_what_is_wrong_is_named_and_nothing_made(client, changes, field, sentence):
    answer = client.post(ADDRESS, {**BODY, **changes})

    assert answer.status_code == 400
    assert answer.json()["fields"] == {field: [sentence]}
    assert not Schedule.objects.exists()


@pytest.mark.parametrize("field", ["name", "reports"])
def test_what_is_missing_is_named(client, field):
    answer = client.post(ADDRESS, {name: value for name, value in BODY.items() if name != field})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


@pytest.mark.parametrize("address", ADDRESSES)
def test_put_changes_what_it_is_sent(client, address):
    schedule = ScheduleFactory(user=client.user, name="Old", start="2021-01-31", end="2021-12-31")

    answer = client.put(f"{address}?id={schedule.public_id}", {"name": "New", "end": None})

    assert answer.status_code == 200
    [changed] = answer.json()
    assert (changed["name"], changed["start"], changed["end"], changed["reports"]) == (
        "New",
        "2021-01-31",
        None,
        ["ConsumptionTable"],
    )


def test_what_get_gave_can_be_put_back(client):
    [made] = client.post(ADDRESS, BODY).json()

    answer = client.put(f"{ADDRESS}?id={made['id']}", made)

    assert answer.status_code == 200
    assert {**answer.json()[0], "updated": None} == {**made, "updated": None}


@pytest.mark.parametrize("address", ADDRESSES)
def test_delete_returns_what_it_deleted(client, address):
    schedule = ScheduleFactory(user=client.user)

    answer = client.delete(f"{address}?id={schedule.public_id}")

    assert answer.status_code == 200
    assert [one["id"] for one in answer.json()] == [schedule.public_id]
    assert not Schedule.objects.exists()


def test_the_list_is_the_users_own(client, django_assert_num_queries):
    mine = [ScheduleFactory(user=client.user) for _ in range(3)]
    ScheduleFactory(user=AdminFactory(company=client.user.company))
    ScheduleFactory()

    with django_assert_num_queries(2):
        found = client.get(ADDRESS).json()

    assert [one["id"] for one in found] == [schedule.public_id for schedule in mine]
    assert [one["id"] for one in client.get(f"{ADDRESS}?id={mine[1].public_id}").json()] == [mine[1].public_id]


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_somebody_elses_is_not_there(client, method):
    others = [ScheduleFactory(), ScheduleFactory(user=UserFactory(company=client.user.company))]

    for schedule in others:
        answer = getattr(client, method)(
            f"{ADDRESS}?id={schedule.public_id}", {"name": "Mine"} if method == "put" else None
        )
        assert answer.status_code == 404

    assert sorted(Schedule.objects.values_list("name", flat=True)) == sorted(schedule.name for schedule in others)


@pytest.mark.parametrize(
    ("method", "scope"),
    [
        ("get", "report:schedule:read"),
        ("post", "report:schedule:create"),
        ("put", "report:schedule:update"),
        ("delete", "report:schedule:delete"),
    ],
)
@pytest.mark.parametrize("address", ADDRESSES)
def test_each_operation_needs_its_own_scope(method, scope, address):
    user = UserFactory()
    schedule = ScheduleFactory(user=user)
    others = {f"report:schedule:{name}" for name in ("read", "create", "update", "delete", "generate")} - {scope}
    there = f"{address}?id={schedule.public_id}"

    refused = getattr(api_client(*others, user=user), method)(there, BODY if method in ("post", "put") else None)
    assert refused.status_code == 403
    assert scope in refused.json()["message"]
    assert Schedule.objects.get().name == schedule.name

    assert (
        getattr(api_client(scope, user=user), method)(there, BODY if method in ("post", "put") else None).status_code
        < 300
    )

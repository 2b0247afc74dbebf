"""GET and PUT /meter (reference, Meter)."""

import pytest

from metering.models import Meter
from tests.factories.accounts import AdminFactory, UserFactory, api_client
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/meter"


@pytest.fixture
def client():
    return api_client("meter:meters:*")


@pytest.fixture
def property(client):
    return PropertyFactory(company=client.user.company)


def address(property, **more):
    return f"{ADDRESS}?" + "&".join(
        f"{name}={value}" for name, value in {"property": property.public_id, **more}.items()
    )


def shown(meter, **changes):
    return {
        "floor": None,
        "id": meter.public_id,
        "name": meter.name,
        "panel": None,
        "property": meter.property.public_id,
        "serial_number": meter.serial_number,
        "suite": None,
        "suite_name": None,
        "units": "kwh",
        "utility": "E",
    } | changes


def test_meters_of_a_property_come_by_name(client, property):
    suite = SuiteFactory(property=property, name="101")
    second = MeterFactory(suite=suite, name="B water", utility="W", floor="3", panel="P")
    first = MeterFactory(property=property, name="A hydro")
    MeterFactory(property__company=property.company)
    response = client.get(ADDRESS, {"property": property.public_id})
    assert response.status_code == 200
    assert response.json() == [
        shown(first),
        shown(second, suite=suite.public_id, suite_name="101", units="m3", utility="W", floor="3", panel="P"),
    ]


def test_one_meter_comes_as_a_list_of_one(client, property):
    meter = MeterFactory(property=property)
    MeterFactory(property=property)
    response = client.get(ADDRESS, {"property": property.public_id, "id": meter.public_id})
    assert response.json() == [shown(meter)]


def test_meters_of_any_number_take_as_many_queries(client, property, django_assert_num_queries):
    for _ in range(3):
        MeterFactory(property=property, suite=SuiteFactory(property=property))
    with django_assert_num_queries(3):
        assert len(client.get(ADDRESS, {"property": property.public_id}).json()) == 3


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"utility": "W"}, ["water"]),
        ({"general": "true"}, ["main"]),
        ({"floor": "2"}, ["water"]),
        ({"serial_number": "S-1"}, ["hydro"]),
        ({"limit": "1", "offset": "1"}, ["main"]),
    ],
)
def test_meters_can_be_narrowed(client, property, filters, names):
    MeterFactory(property=property, name="hydro", serial_number="S-1")
    MeterFactory(property=property, name="main", general=True)
    MeterFactory(property=property, name="water", utility="W", floor="2")
    response = client.get(ADDRESS, {"property": property.public_id, **filters})
    assert [meter["name"] for meter in response.json()] == names


def test_put_changes_panel_floor_and_suite(client, property):
    suite = SuiteFactory(property=property, name="101")
    meter = MeterFactory(property=property)
    body = {"floor": "3", "panel": "5", "suite": suite.public_id}
    response = client.put(address(property, id=meter.public_id), body)
    assert (response.status_code, response.json()) == (
        200,
        [shown(meter, floor="3", panel="5", suite=suite.public_id, suite_name="101")],
    )
    assert list(meter.assignments.values_list("suite", "start", "end")) == [(suite.pk, None, None)]


def test_put_of_what_get_gave_changes_nothing(client, property):
    meter = MeterFactory(suite=SuiteFactory(property=property), floor="1")
    before = client.get(ADDRESS, {"property": property.public_id}).json()
    response = client.put(address(property, id=meter.public_id), before[0])
    assert (response.status_code, response.json()) == (200, before)


def test_put_of_null_clears(client, property):
    meter = MeterFactory(suite=SuiteFactory(property=property), floor="1", panel="2")
    response = client.put(address(property, id=meter.public_id), {"floor": None, "suite": None})
    assert response.json() == [shown(meter, panel="2")]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"flor": "1"}, "flor"),
        ({"floor": 1}, "floor"),
        ({"suite": "ffffffff"}, "suite"),
        ({"suite": 5}, "suite"),
        ({"panel": "x" * 61}, "panel"),
    ],
)
def test_put_of_a_wrong_body_names_the_field(client, property, body, field):
    meter = MeterFactory(property=property)
    response = client.put(address(property, id=meter.public_id), body)
    assert (response.status_code, list(response.json()["fields"])) == (400, [field])


def test_put_of_a_suite_of_another_property_is_refused(client, property):
    meter = MeterFactory(property=property)
    elsewhere = SuiteFactory(property=PropertyFactory(company=property.company))
    response = client.put(address(property, id=meter.public_id), {"suite": elsewhere.public_id})
    assert (response.status_code, list(response.json()["fields"])) == (400, ["suite"])
    assert not meter.assignments.exists()


def test_put_of_a_general_meter_into_a_suite_is_a_conflict(client, property):
    meter = MeterFactory(property=property, general=True)
    response = client.put(address(property, id=meter.public_id), {"suite": SuiteFactory(property=property).public_id})
    assert response.status_code == 409
    assert not meter.assignments.exists()


def test_meters_without_a_property_named_are_refused(client):
    response = client.get(ADDRESS)
    assert (response.status_code, list(response.json()["fields"])) == (400, ["property"])


def test_put_without_an_id_is_refused(client, property):
    response = client.put(address(property), {})
    assert (response.status_code, list(response.json()["fields"])) == (400, ["id"])


def test_meters_of_a_foreign_property_are_not_found(client):
    assert client.get(ADDRESS, {"property": PropertyFactory().public_id}).status_code == 404


def test_meters_of_a_property_withheld_from_the_user_are_not_found():
    property = PropertyFactory()
    client = api_client("meter:meters:read", user=UserFactory(company=property.company, all_properties=False))
    assert client.get(ADDRESS, {"property": property.public_id}).status_code == 404
    property.access.create(user=client.user)
    assert client.get(ADDRESS, {"property": property.public_id}).status_code == 200


def test_put_of_a_meter_of_another_property_is_not_found_whatever_the_body(client, property):
    elsewhere = MeterFactory(property__company=property.company)
    response = client.put(address(property, id=elsewhere.public_id), {"nonsense": 1})
    assert response.status_code == 404
    assert Meter.objects.get(pk=elsewhere.pk).updated == elsewhere.updated


@pytest.mark.parametrize(("method", "scope"), [("get", "meter:meters:update"), ("put", "meter:meters:read")])
def test_meters_need_the_scope_of_the_method(method, scope):
    property = PropertyFactory()
    client = api_client(scope, user=AdminFactory(company=property.company))
    response = getattr(client, method)(address(property))
    assert response.status_code == 403


def test_post_of_a_meter_is_no_operation(client, property):
    assert client.post(address(property), {}).status_code == 405

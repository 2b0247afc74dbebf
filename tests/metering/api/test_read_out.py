"""GET /read (reference, Read; decisions, section 6)."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from metering.models import LatestRead, Read
from metering.services import assign_suite
from tests.factories.accounts import UserFactory, api_client
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory
from tests.metering.feeding import feed

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/read"
NOON = datetime(2021, 4, 9, 16, tzinfo=UTC)  # in Toronto
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def client():
    return api_client("meter:reads:read")


@pytest.fixture
def property(client):
    return PropertyFactory(company=client.user.company, display_name="Tower")


def history(*registers, until=NOON, step=HOUR):
    """Registers a step apart, the last at `until`."""
    start = until - step * (len(registers) - 1)
    return [
        (start + step * place, None if register is None else Decimal(str(register)))
        for place, register in enumerate(registers)
    ]


def answer(client, **query):
    response = client.get(ADDRESS, query)
    assert response.status_code == 200
    return json.loads(response.getvalue())


def meter_row(meter, **changes):
    return {
        "floor": None,
        "meter": meter.public_id,
        "name": meter.name,
        "panel": None,
        "serial_number": meter.serial_number,
        "suite": None,
        "units": "kwh",
        "utility": "E",
    } | changes


def test_newest_read_of_each_meter(client, property):
    suite = SuiteFactory(property=property)
    water = MeterFactory(suite=suite, name="B water", utility="W", floor="3", panel="P")
    hydro = MeterFactory(property=property, name="A hydro")
    MeterFactory(property=property, name="C has no read")
    feed({hydro: history(24263.296, 24263.301), water: history(7, 7.5, None, until=NOON - HOUR)})
    assert answer(client, by="meter") == {
        property.public_id: [
            meter_row(hydro, kwh=24263.301, kwh_interval=0.005, time_stamping="2021-04-09T12:00:00"),
            meter_row(
                water,
                floor="3",
                m3=None,
                m3_interval=None,
                panel="P",
                suite=suite.public_id,
                time_stamping="2021-04-09T11:00:00",
                units="m3",
                utility="W",
                voltage_a=121.5,
            ),
        ]
    }


def test_newest_reads_of_a_suite_add_up(client, property):
    suite = SuiteFactory(property=property, name="101")
    SuiteFactory(property=property, name="102 has no meter")
    hydro, laundry = MeterFactory(suite=suite), MeterFactory(suite=suite)
    water = MeterFactory(suite=suite, utility="W")
    gas = MeterFactory(suite=suite, utility="G")
    feed(
        {
            hydro: history(1000, 1000.5),
            laundry: history(250, 257.765, until=NOON - HOUR),
            water: history(1, 3, 3.25),
        }
    )
    assert not Read.objects.filter(meter=gas).exists()
    assert answer(client, by="suite", property=property.public_id) == {
        property.public_id: [
            {
                "gas_m3": None,
                "gas_m3_interval": 0,
                "kwh": 1258.265,
                "kwh_interval": 8.265,
                "suite": suite.public_id,
                "suite_name": "101",
                "time_stamping": "2021-04-09T12:00:00",
                "water_m3": 3.25,
                "water_m3_interval": 0.25,
            }
        ]
    }


def test_newest_reads_of_a_property_are_its_general_meters_where_it_has_any(client, property):
    main = MeterFactory(property=property, general=True)
    hydro = MeterFactory(suite=SuiteFactory(property=property))
    water, no_suite = MeterFactory(property=property, utility="W"), MeterFactory(property=property, utility="W")
    feed({main: history(3269.371, 3269.391), hydro: history(1, 2), water: history(5, 6), no_suite: history(10, 12)})
    assert answer(client, by="property") == [
        {
            "address": "123 Main St.",
            "display_name": "Tower",
            "job_name": property.job_name,
            "job_number": property.job_number,
            "kwh": 3269.391,
            "kwh_interval": 0.02,
            "property": property.public_id,
            "time_stamping": "2021-04-09T12:00:00",
            "water_m3": 18,
            "water_m3_interval": 3,
        }
    ]


def test_reads_since_come_oldest_first_and_then_by_meter(client, property):
    second, first = MeterFactory(property=property, name="B"), MeterFactory(property=property, name="A")
    feed({second: history(1, 2, 4), first: history(10, 20, 40)})
    rows = answer(client, by="meter", limit_quantity=1)[property.public_id]
    assert [(row["time_stamping"], row["name"], row["kwh"], row["kwh_interval"]) for row in rows] == [
        ("2021-04-09T11:00:00", "A", 20, 10),
        ("2021-04-09T11:00:00", "B", 2, 1),
        ("2021-04-09T12:00:00", "A", 40, 20),
        ("2021-04-09T12:00:00", "B", 4, 2),
    ]


@pytest.mark.parametrize(
    ("quantity", "unit", "count"),
    [(3599, "second", 1), (3600, "Second", 2), (60, "MINUTE", 2), (2, "hour", 3), (1, "Day", 25), (1, "wEEk", 31)],
)
def test_reads_since_take_units_in_any_case(client, property, quantity, unit, count):
    meter = MeterFactory(property=property)
    feed({meter: history(*range(31))})
    rows = answer(client, by="meter", limit_quantity=quantity, limit_unit=unit)[property.public_id]
    assert len(rows) == count


def test_group_since_adds_the_newest_register_of_each_meter_up_to_each_instant(client, property):
    suite = SuiteFactory(property=property)
    often, seldom = MeterFactory(suite=suite), MeterFactory(suite=suite)
    feed({often: history(1, 2, 3, 5), seldom: history(100, 110, until=NOON - HOUR, step=2 * HOUR)})
    rows = answer(client, by="suite", limit_quantity=2)[property.public_id]
    assert [(row["time_stamping"], row["kwh"], row["kwh_interval"]) for row in rows] == [
        ("2021-04-09T10:00:00", 102, 1),
        ("2021-04-09T11:00:00", 113, 11),
        ("2021-04-09T12:00:00", 115, 2),
    ]


def test_group_since_leaves_outliers_out(client, property):
    meter = MeterFactory(property=property)
    feed({meter: history(24263, 0, 24264)})
    rows = answer(client, by="property", limit_quantity=3)
    assert [(row["kwh"], row["kwh_interval"]) for row in rows] == [(24263, 0), (24263, 0), (24264, 1)]


def test_group_since_counts_a_moved_meter_where_it_was(client, property):
    first, second = SuiteFactory(property=property, name="1"), SuiteFactory(property=property, name="2")
    meter = MeterFactory(suite=first)
    feed({meter: history(1, 2, 3, 4)})
    assign_suite(meter=meter, suite=second, now=NOON - HOUR)
    rows = answer(client, by="suite", limit_quantity=3)[property.public_id]
    assert [(row["time_stamping"][11:13], row["suite_name"], row["kwh"], row["kwh_interval"]) for row in rows] == [
        ("09", "1", 1, 0),
        ("10", "1", 2, 1),
        ("11", "1", 3, 1),
        ("12", "2", 4, 1),
    ]


def test_groups_since_at_one_instant_come_by_name(client, property):
    suites = [SuiteFactory(property=property, name=name) for name in ("B", "A")]
    feed({MeterFactory(suite=suite): history(1, 2) for suite in suites})
    rows = answer(client, by="suite", limit_quantity=1)[property.public_id]
    assert [(row["time_stamping"][11:13], row["suite_name"]) for row in rows] == [
        ("11", "A"),
        ("11", "B"),
        ("12", "A"),
        ("12", "B"),
    ]


def test_each_property_has_its_own_local_time_and_one_without_reads_an_empty_list(client, property):
    east = PropertyFactory(company=property.company, timezone="America/St_Johns", display_name="East")
    silent = PropertyFactory(company=property.company)
    feed({MeterFactory(property=property): history(1), MeterFactory(property=east): history(1)})
    found = answer(client, by="meter")
    assert {name: [row["time_stamping"] for row in rows] for name, rows in found.items()} == {
        property.public_id: ["2021-04-09T12:00:00"],
        east.public_id: ["2021-04-09T13:30:00"],
        silent.public_id: [],
    }


def test_nothing_to_read_is_an_empty_answer(client):
    assert (answer(client, by="meter"), answer(client, by="property"), answer(client, by="suite")) == ({}, [], {})


@pytest.mark.parametrize("by", ["meter", "suite", "property"])
def test_newest_reads_take_as_many_queries_for_any_number_of_meters(client, by, django_assert_num_queries):
    for _ in range(2):
        property = PropertyFactory(company=client.user.company)
        feed({MeterFactory(suite=SuiteFactory(property=property)): history(1, 2) for _ in range(3)})
    with django_assert_num_queries(5 if by == "suite" else 4):
        answer(client, by=by)


@pytest.mark.parametrize(("by", "queries"), [("meter", 6), ("suite", 9), ("property", 8)])
def test_reads_since_take_as_many_queries_for_any_number_of_meters(
    client, property, by, queries, django_assert_num_queries
):
    feed({MeterFactory(suite=SuiteFactory(property=property)): history(1, 2) for _ in range(3)})
    with django_assert_num_queries(queries):
        answer(client, by=by, limit_quantity=1, property=property.public_id)


@pytest.mark.parametrize("by", ["meter", "suite", "property"])
def test_a_page_has_its_total_and_its_neighbours(client, property, by):
    feed({MeterFactory(suite=SuiteFactory(property=property)): history(1, 2, 3, 4)})
    whole = answer(client, by=by, limit_quantity=9)
    response = client.get(ADDRESS, {"by": by, "limit_quantity": 9, "limit": 2, "offset": 1})
    assert response["X-Total-Count"] == "4"
    assert 'rel="next"' in response["Link"]
    expected = whole[1:3] if by == "property" else {property.public_id: whole[property.public_id][1:3]}
    assert response.json() == expected


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "by"),
        ({"by": "floor"}, "by"),
        ({"by": "meter", "limit_unit": "month"}, "limit_unit"),
        ({"by": "meter", "limit_quantity": "-1"}, "limit_quantity"),
        ({"by": "meter", "limit_quantity": "1.5"}, "limit_quantity"),
        ({"by": "meter", "limit_quantity": "522", "limit_unit": "week"}, "limit_quantity"),
        ({"by": "meter", "limit_quantity": "9" * 30}, "limit_quantity"),
    ],
)
def test_a_wrong_parameter_is_named(client, query, field):
    response = client.get(ADDRESS, query)
    assert (response.status_code, list(response.json()["fields"])) == (400, [field])


def test_ten_years_are_not_too_far_back(client, property):
    assert answer(client, by="meter", limit_quantity=3652, limit_unit="day") == {property.public_id: []}


@pytest.mark.parametrize("by", ["meter", "suite", "property"])
def test_too_many_rows_are_refused_with_a_way_out(client, property, by, monkeypatch):
    monkeypatch.setattr("metering.api.read_views.MOST_ROWS", 3)
    feed({MeterFactory(suite=SuiteFactory(property=property)): history(1, 2, 3, 4)})
    response = client.get(ADDRESS, {"by": by, "limit_quantity": 5})
    assert response.status_code == 400
    assert "ask for one property" in response.json()["message"]
    assert client.get(ADDRESS, {"by": by, "limit_quantity": 2}).status_code == 200


@pytest.mark.parametrize("by", ["suite", "property"])
def test_many_reads_that_make_few_rows_are_not_too_many(client, property, by, monkeypatch):
    monkeypatch.setattr("metering.api.read_views.MOST_ROWS", 3)
    suite = SuiteFactory(property=property)
    feed({MeterFactory(suite=suite): history(1, 2) for _ in range(3)})
    found = answer(client, by=by, limit_quantity=5)
    assert len(found if by == "property" else found[property.public_id]) == 2


def test_reads_of_others_are_not_shown():
    mine = PropertyFactory()
    withheld = PropertyFactory(company=mine.company)
    foreign = PropertyFactory()
    feed({MeterFactory(property=property): history(1) for property in (mine, withheld, foreign)})
    client = api_client("meter:reads:read", user=UserFactory(company=mine.company, all_properties=False))
    mine.access.create(user=client.user)
    assert LatestRead.objects.filter(time__isnull=False).count() == 3
    assert list(answer(client, by="meter")) == [mine.public_id]
    for other in (withheld, foreign):
        assert client.get(ADDRESS, {"by": "nonsense", "property": other.public_id}).status_code == 404


def test_reads_need_their_scope():
    assert api_client("meter:reads:create").get(ADDRESS, {"by": "meter"}).status_code == 403

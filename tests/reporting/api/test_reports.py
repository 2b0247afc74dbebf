"""GET /reports/…: the four reports as JSON, their parameters, and whom they answer (reference, Reports; decisions, 8)."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tests.factories.accounts import UserFactory, api_client
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory
from tests.metering.feeding import feed

pytestmark = pytest.mark.django_db

PERIOD = "/api/v1/reports/period-consumption"
INTERVAL = "/api/v1/reports/interval"
SINGLE = "/api/v1/reports/single-grand-total"
DAILY = "/api/v1/reports/daily-grand-total"
RANGES = [PERIOD, DAILY, INTERVAL]
EVERY = [PERIOD, SINGLE, DAILY, INTERVAL]
HOUR = timedelta(hours=1)
MIDNIGHT = datetime(2021, 3, 9, 5, tzinfo=UTC)
"""Of 9 March in Toronto."""


@pytest.fixture
def client():
    return api_client("report:reading:*")


@pytest.fixture
def property(client):
    return PropertyFactory(company=client.user.company)


def hourly(start, *registers):
    return [(start + HOUR * place, Decimal(str(register))) for place, register in enumerate(registers)]


def ask(client, address, property, /, **query):
    query = {"property": property.public_id, "start": "2021-03-09", "end": "2021-03-09", "ids": "all", **query}
    if address == INTERVAL:
        query.setdefault("interval", "hour")
    return client.get(address, {name: value for name, value in query.items() if value is not None})


def rows(*args, **query):
    response = ask(*args, **query)
    assert response.status_code == 200
    return json.loads(response.getvalue())


def names(found):
    return [row["name"] for row in found]


def test_period_consumption_has_its_columns_in_order(client, property):
    suite = SuiteFactory(property=property, name="101")
    meter = MeterFactory(suite=suite, name="Water", utility="W")
    feed({meter: hourly(MIDNIGHT, 10, 10.5, 12, *[12] * 21, 13, 99)})
    found = rows(client, PERIOD, property)
    assert found == [
        {
            "meter": meter.public_id,
            "name": "Water",
            "serial_number": meter.serial_number,
            "suite": suite.public_id,
            "suite_name": "101",
            "utility": "W",
            "units": "m3",
            "start": "2021-03-09T00:00:00",
            "end": "2021-03-10T00:00:00",
            "start_read": 10,
            "end_read": 13,
            "consumption": 3,
        }
    ]
    assert list(found[0]) == [
        "meter", "name", "serial_number", "suite", "suite_name", "utility", "units",
        "start", "end", "start_read", "end_read", "consumption",
    ]  # fmt: skip


def test_period_consumption_of_a_meter_without_reads_in_the_range_is_null(client, property):
    silent = MeterFactory(property=property, name="A")
    stale = MeterFactory(property=property, name="B")
    feed({stale: hourly(MIDNIGHT - 2 * HOUR, 1, 2)})
    found = rows(client, PERIOD, property)
    assert [(row["meter"], row["start_read"], row["end_read"], row["consumption"]) for row in found] == [
        (silent.public_id, None, None, None),
        (stale.public_id, None, None, None),
    ]


def test_period_consumption_of_a_new_meter_has_no_start_read(client, property):
    feed({MeterFactory(property=property): hourly(MIDNIGHT + HOUR, 100, 107)})
    found = rows(client, PERIOD, property)
    assert [(row["start_read"], row["end_read"], row["consumption"]) for row in found] == [(None, 107, 7)]


@pytest.mark.parametrize("address", [PERIOD, SINGLE])
def test_rows_of_one_time_come_by_meter_name_whatever_the_collation(client, property, address):
    for name in ("b", "C", "A 10", "A-1", "É"):
        MeterFactory(property=property, name=name)
    assert names(rows(client, address, property)) == ["A 10", "A-1", "C", "b", "É"]


@pytest.mark.parametrize(
    ("start", "end", "consumption"),
    [
        ("2021-03-09", "2021-03-09", 24),
        ("2021-03-08", "2021-03-10", 30),
        ("2021-03-09T00:00:00", "2021-03-09T06:00:00", 6),
        ("2021-03-09T05:30", "2021-03-09T06:00", 1),
        ("2021-03-09T06:00:00Z", "2021-03-09T11:00:00Z", 5),
        ("2021-03-09T06:00:00+00:00", "2021-03-09T11:00:00+00:00", 5),
        ("2021-03-09T06:00:00 00:00", "2021-03-09T11:00:00 00:00", 5),
        ("2021-03-09T04:00:00", "2021-03-09", 20),
        ("2021-03-09 04:00:00", "2021-03-09 05:00:00", 1),
    ],
)
def test_bare_dates_are_whole_local_days_and_times_are_not(client, property, start, end, consumption):
    feed({MeterFactory(property=property): hourly(MIDNIGHT, *range(31))})
    assert [row["consumption"] for row in rows(client, PERIOD, property, start=start, end=end)] == [consumption]


def test_interval_has_its_columns_in_order_and_no_row_for_an_empty_step(client, property):
    suite = SuiteFactory(property=property, name="101")
    meter = MeterFactory(suite=suite, name="Hydro")
    MeterFactory(property=property)
    feed({meter: [*hourly(MIDNIGHT, 1, 2), (MIDNIGHT + 10 * HOUR, Decimal("2.5"))]})
    found = rows(client, INTERVAL, property)
    shared = {
        "meter": meter.public_id,
        "name": "Hydro",
        "serial_number": meter.serial_number,
        "suite": suite.public_id,
        "suite_name": "101",
        "utility": "E",
        "units": "kwh",
    }
    assert found == [
        {"time_stamping": "2021-03-09T00", **shared, "consumption": 1},
        {"time_stamping": "2021-03-09T09", **shared, "consumption": 0.5},
    ]
    assert list(found[0]) == ["time_stamping", *shared, "consumption"]


def test_interval_rows_come_by_time_and_then_by_meter_name(client, property):
    feed({MeterFactory(property=property, name=name): hourly(MIDNIGHT + HOUR, 1, 2) for name in ("B", "A")})
    found = rows(client, INTERVAL, property)
    assert [(row["time_stamping"][11:], row["name"]) for row in found] == [
        ("00", "A"),
        ("00", "B"),
        ("01", "A"),
        ("01", "B"),
    ]


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        ("HOUR", [("2020-12-31T23", 1), ("2021-01-01T00", 2)]),
        ("day", [("2020-12-31", 1), ("2021-01-01", 2)]),
        ("Month", [("2020-12", 1), ("2021-01", 2)]),
        ("year", [("2020", 1), ("2021", 2)]),
    ],
)
def test_interval_stamps_are_cut_to_the_step(client, property, interval, expected):
    new_year = datetime(2021, 1, 1, 5, tzinfo=UTC)
    feed({MeterFactory(property=property): hourly(new_year - HOUR, 10, 11, 13)})
    found = rows(client, INTERVAL, property, start="2020-12-31T23:30", end="2021-01-02", interval=interval)
    assert [(row["time_stamping"], row["consumption"]) for row in found] == expected


def test_repeated_hour_gives_two_rows_of_one_stamp_in_order(client, property):
    one_o_clock = datetime(2021, 11, 7, 5, tzinfo=UTC)
    feed({MeterFactory(property=property): hourly(one_o_clock, 0, 1, 3, 6)})
    found = rows(client, INTERVAL, property, start="2021-11-07T01:00", end="2021-11-07")
    assert [(row["time_stamping"], row["consumption"]) for row in found] == [
        ("2021-11-07T01", 1),
        ("2021-11-07T01", 2),
        ("2021-11-07T02", 3),
    ]


def test_half_hour_zone_has_hours_of_its_own(client):
    property = PropertyFactory(company=client.user.company, timezone="America/St_Johns")
    midnight = datetime(2021, 3, 9, 3, 30, tzinfo=UTC)
    half = timedelta(minutes=30)
    feed({MeterFactory(property=property): [(midnight + half * n, Decimal(n)) for n in range(4)]})
    found = rows(client, INTERVAL, property)
    assert [(row["time_stamping"], row["consumption"]) for row in found] == [
        ("2021-03-09T00", 2),
        ("2021-03-09T01", 1),
    ]


def test_single_grand_total_is_the_register_at_the_last_read_of_the_day(client, property):
    suite = SuiteFactory(property=property, name="101")
    meter = MeterFactory(suite=suite, name="B")
    stale = MeterFactory(property=property, name="A", utility="G")
    feed({meter: hourly(MIDNIGHT, *range(100, 130)), stale: hourly(MIDNIGHT - HOUR, 5)})
    found = rows(client, SINGLE, property, end=None)
    assert found == [
        {
            "meter": stale.public_id, "name": "A", "serial_number": stale.serial_number, "suite": None,
            "suite_name": None, "utility": "G", "units": "m3", "time_stamping": None, "grand_total": None,
        },
        {
            "meter": meter.public_id, "name": "B", "serial_number": meter.serial_number, "suite": suite.public_id,
            "suite_name": "101", "utility": "E", "units": "kwh",
            "time_stamping": "2021-03-10T00:00:00", "grand_total": 124,
        },
    ]  # fmt: skip
    assert list(found[0]) == [
        "meter", "name", "serial_number", "suite", "suite_name", "utility", "units", "time_stamping", "grand_total",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2021-03-09", ("2021-03-09T02:00:00", 3)),
        ("2021-03-09T00:00:00", ("2021-03-09T02:00:00", 3)),
        ("2021-03-09T01:30", ("2021-03-09T02:00:00", 3)),
        ("2021-03-09T02:00:00", (None, None)),
        ("2021-03-08T23:30", ("2021-03-09T00:00:00", 1)),
        ("2021-03-10", (None, None)),
    ],
)
def test_single_grand_total_from_a_time_on_ends_with_its_day(client, property, start, expected):
    feed({MeterFactory(property=property): hourly(MIDNIGHT, 1, 2, 3)})
    found = rows(client, SINGLE, property, start=start, end=None)
    assert [(row["time_stamping"], row["grand_total"]) for row in found] == [expected]


@pytest.mark.parametrize("start", [None, "soon", "2021-03-14T02:30:00", "9999-12-31"])
def test_single_grand_total_needs_a_day(client, property, start):
    response = ask(client, SINGLE, property, start=start, end=None)
    assert (response.status_code, list(response.json()["fields"])) == (400, ["start"])


def test_daily_grand_total_has_its_columns_in_order_and_no_row_for_an_empty_day(client, property):
    meter = MeterFactory(property=property, name="Gas", utility="G")
    MeterFactory(property=property)
    feed({meter: [*hourly(MIDNIGHT, 1, 2), (MIDNIGHT + 50 * HOUR, Decimal("7.25"))]})
    found = rows(client, DAILY, property, start="2021-03-08", end="2021-03-12")
    shared = {
        "meter": meter.public_id, "name": "Gas", "serial_number": meter.serial_number,
        "suite": None, "suite_name": None, "utility": "G", "units": "m3",
    }  # fmt: skip
    assert found == [
        {"date": "2021-03-08", **shared, "time_stamping": "2021-03-09T00:00:00", "grand_total": 1},
        {"date": "2021-03-09", **shared, "time_stamping": "2021-03-09T01:00:00", "grand_total": 2},
        {"date": "2021-03-11", **shared, "time_stamping": "2021-03-11T02:00:00", "grand_total": 7.25},
    ]
    assert list(found[0]) == ["date", *shared, "time_stamping", "grand_total"]


def test_daily_grand_total_comes_by_day_and_then_by_meter_name(client, property):
    feed({MeterFactory(property=property, name=name): hourly(MIDNIGHT, 1, 2) for name in ("B", "A")})
    found = rows(client, DAILY, property, start="2021-03-01", end="2021-03-31")
    assert [(row["date"], row["name"]) for row in found] == [
        ("2021-03-08", "A"),
        ("2021-03-08", "B"),
        ("2021-03-09", "A"),
        ("2021-03-09", "B"),
    ]


def test_a_register_that_was_an_outlier_is_no_grand_total(client, property):
    feed({MeterFactory(property=property): [*hourly(MIDNIGHT, 24263, 0), (MIDNIGHT + 24 * HOUR, Decimal(24264))]})
    found = rows(client, DAILY, property, start="2021-03-09T00:30", end="2021-03-09T12:00")
    assert [(row["time_stamping"], row["grand_total"]) for row in found] == [(None, None)]
    assert [row["grand_total"] for row in rows(client, DAILY, property)] == [24264]


@pytest.mark.parametrize("address", EVERY)
def test_ids_choose_the_meters(client, property, address):
    meters = [MeterFactory(property=property, name=name) for name in ("A", "B", "C")]
    feed({meter: hourly(MIDNIGHT + HOUR, 1) for meter in meters})
    ids = f"{meters[2].public_id}, {meters[0].public_id},{meters[0].public_id}"
    assert names(rows(client, address, property, ids=ids)) == ["A", "C"]
    assert names(rows(client, address, property, ids="ALL")) == ["A", "B", "C"]


@pytest.mark.parametrize("address", EVERY)
def test_unknown_and_foreign_ids_are_not_found_and_named_before_the_rest_is_judged(client, property, address):
    mine = MeterFactory(property=property)
    elsewhere = MeterFactory(property__company=property.company)
    response = ask(client, address, property, ids=f"{mine.public_id},{elsewhere.public_id},nonsense", start="soon")
    assert response.status_code == 404
    message = response.json()["message"]
    assert elsewhere.public_id in message
    assert "nonsense" in message
    assert mine.public_id not in message


@pytest.mark.parametrize("address", RANGES)
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"start": None}, "start"),
        ({"end": None}, "end"),
        ({"ids": None}, "ids"),
        ({"ids": " , "}, "ids"),
        ({"property": None}, "property"),
        ({"start": "yesterday"}, "start"),
        ({"start": "2021-03-10"}, "start"),
        ({"start": "2021-03-09T08:00", "end": "2021-03-09T07:00"}, "start"),
        ({"end": "9999-12-31"}, "end"),
        ({"start": "0001-01-01"}, "start"),
        ({"start": "2021-03-14T02:30:00", "end": "2021-03-15"}, "start"),
        ({"pretty": "perhaps"}, "pretty"),
        ({"type": "doc"}, "type"),
        ({"table_name": "reads; DROP TABLE reads"}, "table_name"),
        ({"table_name": ""}, "table_name"),
        ({"table_name": "1st"}, "table_name"),
        ({"table_name": "é"}, "table_name"),
        ({"table_name": "t" * 65}, "table_name"),
    ],
)
def test_a_wrong_parameter_is_named(client, property, address, query, field):
    response = ask(client, address, property, **query)
    assert (response.status_code, list(response.json()["fields"])) == (400, [field])


@pytest.mark.parametrize("interval", ["", "week"])
def test_a_wrong_interval_names_those_that_serve(client, property, interval):
    response = ask(client, INTERVAL, property, interval=interval)
    assert (response.status_code, response.json()["fields"]) == (
        400,
        {"interval": ["Must be one of HOUR, DAY, MONTH, YEAR."]},
    )


def test_a_wrong_type_names_those_that_serve(client, property):
    response = ask(client, PERIOD, property, type="doc")
    assert response.json()["fields"] == {"type": ["Must be one of CSV, JSON, MYSQL, RAW, TSV, XLSX, XML, YAML."]}


def test_start_and_end_at_one_instant_are_an_empty_range(client, property):
    feed({MeterFactory(property=property): hourly(MIDNIGHT, 1, 2)})
    at_midnight = {"start": "2021-03-09T00:00:00", "end": "2021-03-09T00:00:00"}
    assert [row["consumption"] for row in rows(client, PERIOD, property, **at_midnight)] == [None]
    assert rows(client, INTERVAL, property, **at_midnight) == []


@pytest.mark.parametrize("address", EVERY)
def test_pretty_is_the_same_for_people(client, property, address):
    feed({MeterFactory(property=property, name=name): hourly(MIDNIGHT + HOUR, 1, 2) for name in ("Zoë", "B")})
    response = ask(client, address, property, pretty="true", type="raw")
    text = response.getvalue().decode()
    assert (response["Content-Type"], json.loads(text)) == ("application/json", rows(client, address, property))
    assert text.startswith('[\n    {\n        "')
    assert '"name": "Zoë"' in text


@pytest.mark.parametrize("address", EVERY)
@pytest.mark.parametrize("pretty", ["true", "false"])
def test_no_row_is_an_empty_list(client, property, address, pretty):
    assert rows(client, address, property, pretty=pretty) == []


@pytest.mark.parametrize("address", EVERY)
def test_a_page_has_its_total(client, property, address):
    feed({MeterFactory(property=property): hourly(MIDNIGHT + HOUR, 1) for _ in range(3)})
    response = ask(client, address, property, limit=2, offset=1)
    assert (response["X-Total-Count"], response.json()) == ("3", rows(client, address, property)[1:])


@pytest.mark.parametrize(
    ("address", "query", "queries"),
    [
        (PERIOD, {}, 4),
        (SINGLE, {}, 4),
        (SINGLE, {"start": "2021-03-09T00:10:10"}, 5),
        (DAILY, {}, 4),
        (DAILY, {"start": "2021-03-07T00:10:10", "end": "2021-03-09T20:10:10"}, 8),
        (PERIOD, {"start": "2021-03-09T00:10:10", "end": "2021-03-09T20:10:10"}, 4),
        (INTERVAL, {}, 4),
        (INTERVAL, {"start": "2021-03-09T00:10:10", "end": "2021-03-09T20:10:10"}, 6),
    ],
)
def test_reports_take_as_many_queries_for_any_number_of_meters(
    client, property, address, query, queries, django_assert_num_queries
):
    for _more in range(2):
        feed({MeterFactory(suite=SuiteFactory(property=property)): hourly(MIDNIGHT, 1, 2, 3) for _ in range(2)})
        with django_assert_num_queries(queries):
            assert rows(client, address, property, **query)


@pytest.mark.parametrize("address", EVERY)
def test_a_property_withheld_from_the_user_is_not_found(address):
    property = PropertyFactory()
    client = api_client("report:reading:*", user=UserFactory(company=property.company, all_properties=False))
    assert ask(client, address, property).status_code == 404
    assert ask(client, address, PropertyFactory()).status_code == 404
    property.access.create(user=client.user)
    assert ask(client, address, property).status_code == 200


@pytest.mark.parametrize(
    ("address", "scope"),
    [
        (PERIOD, "report:reading:interval"),
        (SINGLE, "report:reading:daily"),
        (DAILY, "report:reading:single"),
        (INTERVAL, "report:reading:period"),
    ],
)
def test_each_report_needs_its_own_scope(address, scope):
    property = PropertyFactory()
    client = api_client(scope, user=UserFactory(company=property.company))
    assert ask(client, address, property).status_code == 403

"""POST /read: the four bodies, and what is said of them (decisions, section 6)."""

import gzip
import json
from decimal import Decimal

import pytest

from metering.models import Read
from tests.factories.accounts import UserFactory, api_client
from tests.factories.metering import MeterFactory, PropertyFactory

pytestmark = pytest.mark.django_db

BATCH = json.dumps(
    {"reads": [{"serial_number": "S-1", "time_stamping": "2021-04-09T10:20:00", "kwh": 1.5, "voltage_a": 121.9}]}
)
BY_NAME = json.dumps(
    {
        "Meter1": {
            "serial_number": "S-1",
            "utility": "E",
            "time_stamping": "2021-04-09 10:20:00",
            "sent": None,
            "kwh": 1.5,
        }
    }
)
CSV = "name,serial_number,utility,panel,suite,floor,time_stamping,sent,kwh\nMeter1,S-1,E,,,,2021-04-09 10:20:00,,1.5\n"
XML = (
    '<?xml version="1.0" encoding="UTF-8" ?><reads><item><name>Meter1</name><serial_number>S-1</serial_number>'
    "<utility>E</utility><time_stamping>2021-04-09 10:20:00</time_stamping><sent></sent><kwh>1.5</kwh></item></reads>"
)
BODIES = [
    ("application/json", BATCH),
    ("application/json; charset=utf-8", BY_NAME),
    ("text/csv", CSV),
    ("application/xml", XML),
    ("text/xml", XML),
]


@pytest.fixture
def client():
    return api_client("meter:reads:create")


@pytest.fixture
def meter(client):
    return MeterFactory(property__company=client.user.company, serial_number="S-1", name="Meter1")


def send(client, property, body, content_type="application/json", **headers):
    address = f"/api/v1/read?property={property.public_id}"
    return client.generic("POST", address, body, content_type=content_type, **headers)


def stored(meter):
    return list(Read.objects.filter(meter=meter).values_list("register", flat=True))


@pytest.mark.parametrize(("content_type", "body"), BODIES)
def test_each_format_is_stored_by_its_content_type(client, meter, content_type, body):
    response = send(client, meter.property, body, content_type)
    assert (response.status_code, response.json()) == (
        200,
        {"accepted": 1, "duplicates": 0, "conflicts": 0, "rejected": []},
    )
    assert stored(meter) == [Decimal("1.5")]


@pytest.mark.parametrize(("content_type", "body"), BODIES)
def test_a_packed_body_is_unpacked(client, meter, content_type, body):
    response = send(client, meter.property, gzip.compress(body.encode()), content_type, HTTP_CONTENT_ENCODING="gzip")
    assert (response.status_code, stored(meter)) == (200, [Decimal("1.5")])


def test_a_bad_row_is_reported_and_the_rest_stored(client, meter):
    body = CSV + "Meter2,S-2,E,,,,2021-04-09 10:20:00,,7\n"
    response = send(client, meter.property, body, "text/csv").json()
    assert (response["accepted"], [(row["row"], row["serial_number"]) for row in response["rejected"]]) == (
        1,
        [(2, "S-2")],
    )
    assert list(response["rejected"][0]) == ["row", "serial_number", "message"]


def test_the_same_again_is_a_duplicate_and_another_value_a_conflict(client, meter):
    send(client, meter.property, BATCH)
    assert send(client, meter.property, BATCH).json()["duplicates"] == 1
    assert send(client, meter.property, BATCH.replace("1.5", "2.5")).json()["conflicts"] == 1
    assert stored(meter) == [Decimal("1.5")]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", "{"),
        ("application/json", "[]"),
        ("text/csv", "a,b\n1,2\n"),
        ("application/xml", "<reads><item></reads>"),
        ("application/xml", '<!DOCTYPE reads [<!ENTITY a "b">]>' + XML.partition("?>")[2]),
        ("application/json", ""),
    ],
)
def test_a_malformed_file_is_refused_and_stores_nothing(client, meter, content_type, body):
    response = send(client, meter.property, body, content_type)
    assert (response.status_code, response.json()["code"]) == (400, 400)
    assert stored(meter) == []


@pytest.mark.parametrize(
    ("content_type", "headers"),
    [("text/plain", {}), ("application/octet-stream", {}), ("text/csv", {"HTTP_CONTENT_ENCODING": "br"})],
)
def test_another_type_or_encoding_is_not_supported(client, meter, content_type, headers):
    response = send(client, meter.property, CSV, content_type, **headers)
    assert (response.status_code, response.json()["code"]) == (415, 415)
    assert stored(meter) == []


def test_a_body_over_the_limit_is_too_large(client, meter, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = send(client, meter.property, CSV + " " * 100, "text/csv")
    assert (response.status_code, response.json()["code"]) == (413, 413)


def test_a_body_that_unpacks_to_too_much_is_too_large(client, meter, monkeypatch):
    monkeypatch.setattr("metering.api.read_views.UNPACKED_MAX", 100_000)
    packed = gzip.compress(CSV.encode() + b" " * 200_000)
    response = send(client, meter.property, packed, "text/csv", HTTP_CONTENT_ENCODING="gzip")
    assert (response.status_code, response.json()["code"]) == (413, 413)
    assert stored(meter) == []


def test_reads_without_a_property_are_refused(client):
    response = client.generic("POST", "/api/v1/read", BATCH, content_type="application/json")
    assert (response.status_code, list(response.json()["fields"])) == (400, ["property"])


def test_reads_for_another_company_are_not_found(client, meter):
    other = MeterFactory(serial_number="S-1")
    assert send(client, other.property, "{").status_code == 404
    assert stored(other) == []


def test_reads_for_a_property_withheld_from_the_user_are_not_found(meter):
    client = api_client("meter:reads:create", user=UserFactory(company=meter.property.company, all_properties=False))
    assert send(client, meter.property, BATCH).status_code == 404
    meter.property.access.create(user=client.user)
    assert send(client, meter.property, BATCH).status_code == 200


def test_meters_are_matched_within_the_property(client, meter):
    twin = MeterFactory(property=PropertyFactory(company=meter.property.company), serial_number="S-1")
    send(client, twin.property, BATCH)
    assert (stored(meter), stored(twin)) == ([], [Decimal("1.5")])


def test_sending_reads_needs_its_scope(meter):
    client = api_client("meter:reads:read", user=UserFactory(company=meter.property.company))
    assert send(client, meter.property, BATCH).status_code == 403
    assert stored(meter) == []

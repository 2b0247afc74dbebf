"""Reads that a gateway sends in, as real servers receive them: every format by both transports."""

import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine

from fileupload.deliveries import deliver, due_destinations
from fileupload.models import Delivery
from metering.ingest import ingest_file
from metering.models import Read
from tests.factories.fileupload import FtpsDestinationFactory, HttpDestinationFactory
from tests.factories.metering import MeterFactory, PropertyFactory
from tests.fileupload.gateway import gateway_of
from tests.fileupload.servers.ftps import PASSWORD, USER
from tests.fileupload.servers.http import answer

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 4, 9, 14, 20, tzinfo=UTC)
READS = [
    {"serial_number": "A", "time_stamping": NOW.isoformat(), "kwh": 24263.301, "voltage_a": 122.3, "note": " a,\n", "on": True},
    {"serial_number": "B", "time_stamping": NOW.isoformat(), "m3": 17, "note": "b\x01"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def houses():
    """Two alike: what one's receiver got is stored in the other."""
    made = [PropertyFactory(job_number=number) for number in ("20-350-1", "20-350-2")]
    for house in made:
        MeterFactory(property=house, name="Suite 101", serial_number="A")
        MeterFactory(
            property=house, name="Suite 101 Water", serial_number="B", utility="W", register_max=Decimal(100000)
        )
    return made


@pytest.fixture
def trusted_ftps(ftps_server, authority):
    """A server, and the settings that reach it."""
    server = ftps_server()
    server.settings = {
        "host": "127.0.0.1",
        "port": server.port,
        "user": USER,
        "password": PASSWORD,
        "ca_certificate": authority.pem,
    }
    return server


def reads_of(house) -> list[tuple]:
    rows = Read.objects.filter(meter__property=house).order_by("meter__name")
    return list(rows.values_list("meter__name", "time", "register", "interval", "flag", "points"))


@pytest.mark.parametrize("kind", ["CSV", "JSON", "XML"])
@pytest.mark.parametrize("transport", ["http", "multipart", "ftps"])
def test_receiver_gets_the_reads_of_the_cycle(houses, http_server, trusted_ftps, kind, transport):
    house, twin = houses
    if transport == "ftps":
        FtpsDestinationFactory(property=house, path="in/reads", file_type=kind, **trusted_ftps.settings)
    else:
        body = {"site": "tower"} if transport == "multipart" else None
        HttpDestinationFactory(property=house, url=http_server.url(), body=body, file_type=kind)

    gateway_of(house).post(f"/api/v1/read?property={house.public_id}", {"reads": READS})
    for pk in due_destinations(NOW):
        deliver(pk)

    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.attempts, delivery.problem) == ("sent", 1, "")
    if transport == "ftps":
        [(name, file)] = trusted_ftps.files().items()
        assert name == f"in/reads/20-350-1_20210409T142000Z_{delivery.delivery_id}.{kind.lower()}"
    elif transport == "http":
        file = http_server.requests[0].body
    else:
        _, _, file = http_server.requests[0].parts()["file"]
    assert ingest_file(property=twin, stream=io.BytesIO(file), format=kind.lower(), now=NOW).accepted == 2
    assert reads_of(twin) == reads_of(house)
    assert len(reads_of(house)) == 2


def test_dead_server_of_a_property_keeps_nothing_from_its_other_one(houses, http_server, trusted_ftps):
    """Both transports of one property: each has its own order and its own pauses."""
    house, _ = houses
    dead = HttpDestinationFactory(property=house, url=http_server.url())
    http_server.always = answer(503)
    FtpsDestinationFactory(property=house, **trusted_ftps.settings)

    gateway_of(house).post(f"/api/v1/read?property={house.public_id}", {"reads": READS})
    for pk in due_destinations(NOW):
        deliver(pk)

    assert set(Delivery.objects.values_list("destination__transport", "status")) == {
        ("http", "waiting"),
        ("ftps", "sent"),
    }
    assert due_destinations(NOW) == []
    assert dead.deliveries.get().code == 503


@pytest.mark.parametrize("transport", ["http", "ftps"])
def test_name_that_leads_inside_since_it_was_saved_gets_no_connection(
    houses, http_server, ftps_server, names, settings, transport
):
    """DNS that changes its answer: what counts is the address that is connected to."""
    settings.FILE_UPLOAD_ALLOWED_NETWORKS = []
    house, _ = houses
    names["rebinding.example.com"] = [["127.0.0.1"]]
    server = ftps_server()
    if transport == "http":
        HttpDestinationFactory(property=house, url=http_server.url(host="rebinding.example.com"))
    else:
        FtpsDestinationFactory(property=house, host="rebinding.example.com", port=server.port)

    gateway_of(house).post(f"/api/v1/read?property={house.public_id}", {"reads": READS})
    for pk in due_destinations(NOW):
        deliver(pk)

    assert Delivery.objects.get().problem == (
        "rebinding.example.com is, or leads to, an address that is not public; files are sent to public addresses only."
    )
    assert (http_server.requests, server.commands) == ([], [])
